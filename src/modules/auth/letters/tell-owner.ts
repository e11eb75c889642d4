import type { Transaction } from '../../../platform/database/transaction.js'
import { enqueue } from '../../../platform/jobs/job-queue.js'
import type { OwnerEvent } from './account-letters.js'
import { NOTICE_LETTER, TRIES } from './letter-kinds.js'

/**
 * Writes to the address that the account has at this moment, once the transaction commits: call it before the address changes or
 * goes. An account without one is told nothing.
 */
export async function tellOwner(tx: Transaction, userId: string, event: OwnerEvent): Promise<void> {
  const owner = await tx.prisma.user.findUnique({ where: { id: userId }, select: { email: true, locale: true } })
  if (!owner?.email) return
  const { email: to, locale } = owner
  await enqueue(tx, NOTICE_LETTER, { to, event, locale }, { maxAttempts: TRIES })
}
