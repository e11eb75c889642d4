import { Prisma } from '../../generated/prisma/client.js'
import type { OrderFilter } from './order-filter.input.js'

const overdueAt = (now: Date) => Prisma.sql`(t.status = 'PRODUCTION' and t.production_deadline < ${now})`

/** The conditions of a filter over orders `t`, each led by "and": to be put behind what the viewer may see. */
export function orderCondition(filter: OrderFilter, now: Date): Prisma.Sql {
  const { status, createdAfter, createdBefore, search, factoryId, customerId, overdue } = filter
  const conditions: Prisma.Sql[] = []
  if (status?.length) conditions.push(Prisma.sql`t.status = any (${status}::order_status[])`)
  if (createdAfter) conditions.push(Prisma.sql`t.created_at >= ${createdAfter}`)
  if (createdBefore) conditions.push(Prisma.sql`t.created_at < ${createdBefore}`)
  if (search) conditions.push(numberHas(lettersOf(search)))
  if (factoryId) conditions.push(Prisma.sql`t.factory_id = ${factoryId}::uuid`)
  if (customerId) conditions.push(Prisma.sql`t.customer_id = ${customerId}::uuid`)
  if (overdue != null) conditions.push(overdue ? overdueAt(now) : Prisma.sql`${overdueAt(now)} is not true`)
  return conditions.length === 0 ? Prisma.empty : Prisma.sql` and ${Prisma.join(conditions, ' and ')}`
}

const numberHas = (letters: string) =>
  letters === '' ? Prisma.sql`false` : Prisma.sql`replace(t.number, '-', '') like ${`%${letters}%`}`

/** Numbers are read out and typed as people hear them: "at 2026 7f3k9q". */
const lettersOf = (search: string): string => search.toUpperCase().replace(/[^A-Z0-9]/g, '')
