import type { KeysetOrder } from '../../platform/database/read-shape.js'
import { describeEnum } from '../../platform/graphql/describe-enum.js'

export const ItemSort = {
  RELEVANCE: 'RELEVANCE',
  NEWEST: 'NEWEST',
  PRICE_ASC: 'PRICE_ASC',
  PRICE_DESC: 'PRICE_DESC',
  RATING: 'RATING',
  POPULARITY: 'POPULARITY',
} as const

export type ItemSort = (typeof ItemSort)[keyof typeof ItemSort]

describeEnum(
  ItemSort,
  'ItemSort',
  'The order of a list of items. Equal ones follow each other by id, so paging is stable. A cursor belongs to one order.',
  {
    RELEVANCE: 'Matches are not ranked: the same order as NEWEST.',
    NEWEST: 'Latest first.',
    PRICE_ASC: 'Cheapest first.',
    PRICE_DESC: 'Dearest first.',
    RATING: 'Best rated first; unrated ones last.',
    POPULARITY: 'Most sold first.',
  },
)

const by = (column: string, type: KeysetOrder['keys'][number]['type'], descending: boolean): KeysetOrder => ({
  keys: [
    { column, type },
    { column: 'id', type: 'uuid' },
  ],
  descending,
})

/** The keys of each order; each has its index behind `status`. */
export const itemOrders: Readonly<Record<ItemSort, KeysetOrder>> = {
  RELEVANCE: by('created_at', 'timestamptz', true),
  NEWEST: by('created_at', 'timestamptz', true),
  PRICE_ASC: by('price_amount', 'bigint', false),
  PRICE_DESC: by('price_amount', 'bigint', true),
  RATING: by('rating', 'float8', true),
  POPULARITY: by('sales_count', 'bigint', true),
}
