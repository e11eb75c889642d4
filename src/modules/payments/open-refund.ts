import type { Payment } from '../../generated/prisma/client.js'
import { newId } from '../../kernel/ids.js'
import type { Transaction } from '../../platform/database/transaction.js'
import { enqueue } from '../../platform/jobs/job-queue.js'
import { paymentJobs } from './payments.jobs.js'

/** Writes a PENDING refund and the job that asks the provider for it. The caller has locked the payment and checked the amount. */
export async function openRefund(
  tx: Transaction,
  payment: Pick<Payment, 'id' | 'currency'>,
  { amount, reason, now }: { readonly amount: bigint; readonly reason: string | null; readonly now: Date },
): Promise<string> {
  const id = newId()
  await tx.prisma.refund.create({
    data: {
      id,
      paymentId: payment.id,
      amount,
      currency: payment.currency,
      reason,
      idempotenceKey: newId(),
      createdAt: now,
    },
  })
  await enqueue(tx, paymentJobs.refund, { refundId: id }, { key: `refund:${id}` })
  return id
}
