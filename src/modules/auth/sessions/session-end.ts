import type { Transaction } from '../../../platform/database/transaction.js'
import type { EventStreams } from '../../../platform/events/event-streams.js'

/** The stream that is signalled when a session ends. */
export const sessionStream = (sessionId: string): string => `session:${sessionId}`

/**
 * Ends a session: none of its tokens, of either kind, is good any more, and who watches it hears. Whoever calls it also forgets the session.
 * @returns whether it ended by this
 */
export async function endSession(
  tx: Transaction,
  streams: Pick<EventStreams, 'signal'>,
  sessionId: string,
  now: Date,
): Promise<boolean> {
  const { count } = await tx.prisma.session.updateMany({
    where: { id: sessionId, endedAt: null },
    data: { endedAt: now },
  })
  if (count > 0) await streams.signal(tx, sessionStream(sessionId))
  return count > 0
}

/**
 * Ends every session of an account, but `except` if it is given: for a new password, a block, an account that is deleted.
 * @returns the ids of those that ended, which the caller forgets after the commit
 */
export async function endSessionsOf(
  tx: Transaction,
  streams: Pick<EventStreams, 'signal'>,
  userId: string,
  now: Date,
  except: string | null = null,
): Promise<string[]> {
  // Locked by id: two that end the same sessions at once wait for each other instead of failing.
  const ended = await tx.prisma.$queryRaw<{ id: string }[]>`
    update sessions set ended_at = ${now}
    where id in (
      select id from sessions
      where user_id = ${userId}::uuid and ended_at is null and id is distinct from ${except}::uuid
      order by id for update
    )
    returning id::text`
  const ids = ended.map(({ id }) => id)
  await streams.signal(tx, ...ids.map(sessionStream))
  return ids
}
