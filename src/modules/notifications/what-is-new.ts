import type { Transaction } from '../../platform/database/transaction.js'
import type { Told } from './told.js'

/**
 * Leaves out what people were told already. Its transaction is from here on the only one that tells them anything: whoever else
 * wants to waits, and then sees what this one told.
 */
export async function whatIsNew(tx: Transaction, told: readonly Told[]): Promise<Told[]> {
  const once = withoutRepeats(told)
  const userIds = [...new Set(once.map(({ recipient }) => recipient.userId))].sort()
  // Two statements, so that the second sees what was committed while the first waited.
  await tx.prisma.$executeRaw`
    select pg_advisory_xact_lock(hashtextextended('notifications-of:' || id, 0))
    from (select id from unnest(${userIds}::text[]) with ordinality as wanted (id, position) order by position) as wanted`
  const known = await knownIds(tx, once)
  return once.filter(({ id }) => !known.has(id))
}

/** Of several that say the same to one person, the first. */
function withoutRepeats(told: readonly Told[]): Told[] {
  const seen = new Set<string>()
  return told.filter(({ notice, recipient: { userId } }) => {
    const keys = [`${userId} ${notice.source}`]
    if (notice.isOnceUntilRead) keys.push(`${userId} ${notice.event} ${notice.orderId}`)
    if (keys.some((key) => seen.has(key))) return false
    for (const key of keys) seen.add(key)
    return true
  })
}

async function knownIds(tx: Transaction, told: readonly Told[]): Promise<ReadonlySet<string>> {
  const wanted = told.map(({ id, notice: { source, event, orderId = null, isOnceUntilRead = false }, recipient }) => ({
    ...{ id, userId: recipient.userId, source, event, orderId, isOnceUntilRead },
  }))
  const known = await tx.prisma.$queryRaw<{ id: string }[]>`
    select w.id::text from json_to_recordset(${JSON.stringify(wanted)}::json)
      as w (id uuid, "userId" uuid, source text, event text, "orderId" uuid, "isOnceUntilRead" boolean)
    where exists (select from notifications n where n.user_id = w."userId" and n.source = w.source)
      or w."isOnceUntilRead" and exists (
        select from notifications n
        where n.user_id = w."userId" and n.status = 'UNREAD' and n.event = w.event and n.order_id = w."orderId")`
  return new Set(known.map(({ id }) => id))
}
