import { Prisma } from '../../generated/prisma/client.js'
import type { GenerationFilter } from './generation-filter.input.js'

const MAX_WORDS = 10

/** What a filter asks of the row `t`, besides whose it is. */
export function generationConditions(filter: GenerationFilter): Prisma.Sql[] {
  const { status, isLiked, search, createdAfter, createdBefore } = filter
  const conditions: Prisma.Sql[] = []
  if (status && status.length > 0) conditions.push(Prisma.sql`t.status = any(${status}::text[]::generation_status[])`)
  if (isLiked != null) conditions.push(Prisma.sql`t.is_liked = ${isLiked}`)
  if (createdAfter) conditions.push(Prisma.sql`t.created_at >= ${createdAfter}`)
  if (createdBefore) conditions.push(Prisma.sql`t.created_at < ${createdBefore}`)
  for (const word of (search ?? '').split(/\s+/).filter(Boolean).slice(0, MAX_WORDS))
    conditions.push(Prisma.sql`t.prompt ilike ${`%${word.replace(/[\\%_]/g, '\\$&')}%`}`)
  return conditions
}
