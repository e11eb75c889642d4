import type { Transaction } from '../../platform/database/transaction.js'

/** Ends a session: none of its tokens, of either kind, is good any more. Whoever calls it also forgets the session. */
export async function endSession(prisma: Transaction['prisma'], sessionId: string, now: Date): Promise<void> {
  await prisma.session.updateMany({ where: { id: sessionId, endedAt: null }, data: { endedAt: now } })
}
