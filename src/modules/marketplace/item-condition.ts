import { Prisma } from '../../generated/prisma/client.js'
import type { ItemFilter } from './item-filter.input.js'
import { searchPatterns } from './search-patterns.js'

/** The published items that meet a search and a filter, as a condition over the row `t`. */
export function itemCondition(search: string | null | undefined, filter: ItemFilter | null | undefined): Prisma.Sql {
  const conditions = [Prisma.sql`t.status = 'PUBLISHED'`]
  const patterns = searchPatterns(search ?? '')
  if (patterns.length > 0)
    conditions.push(
      Prisma.sql`(t.title || ' ' || t.description || ' ' || array_to_string(t.tags, ' ')) ilike all (${patterns}::text[])`,
    )
  const { productType, minPrice, maxPrice, minRating, tags, designerId } = filter ?? {}
  if (productType?.length) conditions.push(Prisma.sql`t.product_type = any (${productType}::product_type[])`)
  if (minPrice != null) conditions.push(Prisma.sql`t.price_amount >= ${minPrice}::bigint`)
  if (maxPrice != null) conditions.push(Prisma.sql`t.price_amount <= ${maxPrice}::bigint`)
  if (minRating != null) conditions.push(Prisma.sql`t.rating >= ${minRating}::float8`)
  if (tags?.length) conditions.push(Prisma.sql`t.tags @> ${tags}::text[]`)
  if (designerId != null) conditions.push(Prisma.sql`t.designer_id = ${designerId}::uuid`)
  return Prisma.join(conditions, ' and ')
}
