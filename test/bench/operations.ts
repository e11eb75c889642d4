import type { BenchWorld } from './bench-world.js'

export const operationNames = ['order', 'my orders', 'marketplace', 'create order'] as const

export type OperationName = (typeof operationNames)[number]

/** One request's worth of input, the same for every server. */
export interface BenchInput {
  readonly token: string
  readonly variables: Readonly<Record<string, unknown>>
}

export interface Operation {
  readonly name: OperationName
  readonly what: string
  readonly isRead: boolean
  /** As schema.graphql has it: what we and Mercurius are asked. */
  readonly document: string
  readonly inputs: (world: BenchWorld) => BenchInput[]
}

const MONEY = '{ amount currency }'
const PAGE_INFO = 'pageInfo { hasNextPage endCursor }'
const PRINT = 'print { widthMm heightMm material finish colorProfile elements }'

/** How many orders a list has, and how many items. */
export const ORDERS_FIRST = 20
export const ITEMS_FIRST = 50

export const operations: readonly Operation[] = [
  {
    name: 'order',
    what: 'one order by id with its lines, payments and customer',
    isRead: true,
    document: /* GraphQL */ `query BenchOrder($id: UUID!) {
      order(id: $id) {
        id number status createdAt subtotal ${MONEY} total ${MONEY}
        customer { id displayName email }
        lines { id title productType quantity unitPrice ${MONEY} total ${MONEY} ${PRINT} }
        payments { id provider status amount ${MONEY} createdAt paidAt }
      }
    }`,
    inputs: ({ orders }) => orders.map(({ id, token }) => ({ token, variables: { id } })),
  },
  {
    name: 'my orders',
    what: `the viewer's ${ORDERS_FIRST} latest orders with lines, payments and last message`,
    isRead: true,
    document: /* GraphQL */ `query BenchOrders {
      orders(first: ${ORDERS_FIRST}) {
        nodes {
          id number status createdAt total ${MONEY}
          lines { id title quantity total ${MONEY} }
          payments { id status amount ${MONEY} paidAt }
          messages(last: 1) { nodes { id senderRole body createdAt sender { id displayName } } }
        }
        ${PAGE_INFO}
      }
    }`,
    inputs: ({ readers }) => readers.map(({ token }) => ({ token, variables: {} })),
  },
  {
    name: 'marketplace',
    what: `${ITEMS_FIRST} items with designer, rating and three reviews`,
    isRead: true,
    document: /* GraphQL */ `query BenchItems($minPrice: SafeInt!) {
      marketplaceItems(first: ${ITEMS_FIRST}, filter: { minPrice: $minPrice }) {
        nodes {
          id title productType price ${MONEY} rating reviewCount tags
          designer { id displayName }
          reviews(first: 3) { nodes { id rating comment createdAt author { id displayName } } }
        }
        ${PAGE_INFO}
      }
    }`,
    inputs: ({ readers, prices }) =>
      readers.flatMap(({ token }, index) => {
        const minPrice = prices[index % prices.length]
        return minPrice === undefined ? [] : { token, variables: { minPrice } }
      }),
  },
  {
    name: 'create order',
    what: 'an order of one printed banner',
    isRead: false,
    document: /* GraphQL */ `mutation BenchCreateOrder($input: CreateOrderInput!) {
      createOrder(input: $input) {
        id number status createdAt subtotal ${MONEY} total ${MONEY}
        deliveryAddress { recipient city street }
        lines { id title productType quantity unitPrice ${MONEY} total ${MONEY} ${PRINT} }
      }
    }`,
    inputs: ({ buyers, banners }) =>
      buyers.flatMap(({ token }, buyer) =>
        banners
          .filter((_, index) => index % buyers.length === buyer)
          .map((itemId) => ({ token, variables: { input: orderOf(itemId) } })),
      ),
  },
]

const orderOf = (itemId: string) => ({
  lines: [
    {
      itemId,
      quantity: 2,
      print: {
        widthMm: 3_000,
        heightMm: 1_000,
        material: 'Vinyl 440 g',
        finish: 'Hem and eyelets',
        colorProfile: 'CMYK',
        elements: ['logo', 'slogan'],
      },
    },
  ],
  deliveryAddress: {
    recipient: 'Иван Петров',
    phone: '+79991234567',
    country: 'RU',
    city: 'Москва',
    street: 'Тверская, 1',
    postalCode: '125009',
    comment: null,
  },
  deadlineDays: 14,
})
