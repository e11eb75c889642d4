import type { Transaction } from '../../platform/database/transaction.js'
import { enqueue } from '../../platform/jobs/job-queue.js'

export const DRAW_JOB = 'generation.draw'

// With growing pauses this is a minute and a half of trying.
const MAX_ATTEMPTS = 5

/** Has a worker draw the generation, once the transaction has committed. */
export const queueDrawing = (tx: Pick<Transaction, 'prisma'>, generationId: string): Promise<void> =>
  enqueue(tx, DRAW_JOB, { generationId }, { maxAttempts: MAX_ATTEMPTS })
