import type { Transaction } from '../../../platform/database/transaction.js'
import type { EventStreams } from '../../../platform/events/event-streams.js'

/** The stream that is signalled when a session ends. */
export const sessionStream = (sessionId: string): string => `session:${sessionId}`

/** Ends a session: none of its tokens, of either kind, is good any more, and who watches it hears. Whoever calls it also forgets the session. */
export async function endSession(
  tx: Transaction,
  streams: Pick<EventStreams, 'signal'>,
  sessionId: string,
  now: Date,
): Promise<void> {
  const { count } = await tx.prisma.session.updateMany({
    where: { id: sessionId, endedAt: null },
    data: { endedAt: now },
  })
  if (count > 0) await streams.signal(tx, sessionStream(sessionId))
}
