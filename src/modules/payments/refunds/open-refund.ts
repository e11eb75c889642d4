import { type Payment, Prisma } from '../../../generated/prisma/client.js'
import { newId } from '../../../kernel/ids.js'
import type { Transaction } from '../../../platform/database/transaction.js'
import { enqueue } from '../../../platform/jobs/job-queue.js'
import { firstCheckAt } from '../check-schedule.js'
import { paymentJobs } from '../payments.jobs.js'
import { receiptFrom, storedReceipt } from '../stored-receipt.js'
import { returnedPart } from './refund-receipt.js'

/** The job asks often at first; what is still open then is asked about by the clock. */
const TRIES = 5

interface Opening {
  readonly amount: bigint
  /** What went back before, or is on its way. */
  readonly given: bigint
  readonly reason: string | null
  readonly now: Date
}

/** Writes a PENDING refund and the job that asks the provider for it. The caller has locked the payment and checked the amount. */
export async function openRefund(
  tx: Transaction,
  payment: Pick<Payment, 'id' | 'currency' | 'receipt'>,
  { amount, given, reason, now }: Opening,
): Promise<string> {
  const id = newId()
  const sold = receiptFrom(payment.receipt)
  await tx.prisma.refund.create({
    data: {
      id,
      paymentId: payment.id,
      amount,
      currency: payment.currency,
      reason,
      idempotenceKey: newId(),
      receipt: sold ? storedReceipt(returnedPart(sold, given, amount)) : Prisma.DbNull,
      createdAt: now,
      nextCheckAt: firstCheckAt(now),
    },
  })
  await enqueue(tx, paymentJobs.refund, { refundId: id }, { key: `refund:${id}`, maxAttempts: TRIES })
  return id
}
