import type { Transaction } from '../../../platform/database/transaction.js'
import { enqueue } from '../../../platform/jobs/job-queue.js'
import { TRIES, VERIFICATION_LETTER } from './letter-kinds.js'

/** Has a letter sent, once the transaction commits, to the address that the account has yet to prove by then. */
export const askForProof = (tx: Transaction, userId: string): Promise<void> =>
  enqueue(tx, VERIFICATION_LETTER, { userId }, { maxAttempts: TRIES, key: `${VERIFICATION_LETTER}:${userId}` })
