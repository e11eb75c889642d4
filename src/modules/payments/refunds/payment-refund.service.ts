import { inputError } from '../../../kernel/domain-error.js'
import type { Transaction } from '../../../platform/database/transaction.js'
import type { Platform } from '../../../platform/platform.js'
import { refundable } from '../payment-steps.js'
import type { RefundRequest } from '../payments.js'
import { openRefund } from './open-refund.js'

export class PaymentRefund {
  constructor(private readonly platform: Pick<Platform, 'clock'>) {}

  /** See Payments.refund. */
  async request(
    tx: Transaction,
    { purpose, referenceId, amount, reason = null, path = 'amount' }: RefundRequest,
  ): Promise<string[]> {
    const paid = await lockPaid(tx, purpose, referenceId)
    const available = paid.map((payment) => ({ payment, rest: refundable(payment, payment.refunds) }))
    const total = available.reduce((sum, { rest }) => sum + rest, 0n)
    if (amount && (amount.amount <= 0n || amount.amount > total))
      throw inputError([
        { path, message: `must be over 0 and at most ${total}, in minor units: what can still be refunded` },
      ])
    let left = amount?.amount ?? total
    const ids: string[] = []
    for (const { payment, rest } of available) {
      const part = left < rest ? left : rest
      if (part <= 0n) continue
      left -= part
      const given = payment.amount - rest
      ids.push(await openRefund(tx, payment, { amount: part, given, reason, now: this.platform.clock.now() }))
    }
    return ids
  }
}

/** The payments that succeeded, oldest first, with the refunds that are on their way. */
async function lockPaid(tx: Transaction, purpose: RefundRequest['purpose'], referenceId: string) {
  const rows = await tx.prisma.$queryRaw<{ id: string }[]>`
    select id from payments
    where purpose = ${purpose}::payment_purpose and reference_id = ${referenceId}::uuid
      and status in ('SUCCEEDED', 'PARTIALLY_REFUNDED')
    order by id for no key update`
  return tx.prisma.payment.findMany({
    where: { id: { in: rows.map(({ id }) => id) } },
    include: { refunds: { where: { status: 'PENDING' } } },
    orderBy: { id: 'asc' },
  })
}
