import type { Payment } from '../../../generated/prisma/client.js'
import { DomainError, inputError, notFound, unauthenticated } from '../../../kernel/domain-error.js'
import type { Viewer } from '../../../kernel/viewer.js'
import { recordDeed } from '../../../platform/audit/audit-log.js'
import { idempotently } from '../../../platform/database/idempotency.js'
import { inTransaction, type Transaction } from '../../../platform/database/transaction.js'
import type { Platform } from '../../../platform/platform.js'
import { isKeptDeposit, post } from '../ledger/ledger.js'
import { depositSetAside } from '../ledger/ledger-chart.js'
import { lockPayment } from '../lock-payment.js'
import { isPaid, refundable } from '../payment-steps.js'
import type { SettlementHandlers } from '../settlement-handler.js'
import { openRefund } from './open-refund.js'
import type { RefundPaymentArgs } from './refund-payment.args.js'

/** Gives money back because staff say so, whatever it was paid for. */
export class StaffRefund {
  constructor(
    private readonly platform: Pick<Platform, 'database' | 'clock'>,
    private readonly handlers: SettlementHandlers,
  ) {}

  /**
   * @returns the payment's id. @throws NOT_FOUND; INVALID_TRANSITION for what was not paid, or has all been given back; BAD_USER_INPUT for
   * the amount; INSUFFICIENT_FUNDS when a deposit has been spent; IDEMPOTENCY_CONFLICT
   */
  async give(viewer: Viewer, args: RefundPaymentArgs, ip: string | null): Promise<string> {
    if (viewer.kind === 'visitor') throw unauthenticated()
    const { id, amount = null, idempotencyKey } = args
    const reason = args.reason || null
    const { userId } = viewer
    const input = { id, amount, reason }
    const call = { userId, operation: 'refundPayment', key: idempotencyKey, input, now: this.platform.clock.now() }
    await inTransaction(this.platform.database, (tx) =>
      idempotently(tx, call, () => this.write(tx, { ...input, actorId: userId, ip })),
    )
    return id
  }

  private async write(tx: Transaction, { id, amount, reason, actorId, ip }: Giving): Promise<string> {
    const payment = await this.lock(tx, id)
    const pending = await tx.prisma.refund.findMany({ where: { paymentId: id, status: 'PENDING' } })
    const rest = refundable(payment, pending)
    const part = partOf(rest, amount)
    const now = this.platform.clock.now()
    const refundId = await openRefund(tx, payment, { amount: part, given: payment.amount - rest, reason, now })
    await recordDeed(tx, this.platform.clock, {
      actorId,
      action: 'payment.refund',
      subjectType: 'Payment',
      subjectId: id,
      changes: { refundable: { from: rest.toString(), to: (rest - part).toString() } },
      note: reason,
      ip,
    })
    if (await isKeptDeposit(tx, payment)) await post(tx, [depositSetAside(payment, part)], now)
    return refundId
  }

  private async lock(tx: Transaction, id: string): Promise<Payment> {
    const known = await tx.prisma.payment.findUnique({ where: { id }, select: { purpose: true, referenceId: true } })
    if (!known) throw notFound('payment')
    await this.handlers.locked(tx, known)
    const payment = await lockPayment(tx, id)
    if (!isPaid(payment.status))
      throw new DomainError('INVALID_TRANSITION', `This payment is ${payment.status}: nothing was paid.`)
    return payment
  }
}

interface Giving {
  readonly id: string
  readonly amount: number | null
  readonly reason: string | null
  readonly actorId: string
  readonly ip: string | null
}

function partOf(rest: bigint, amount: number | null): bigint {
  if (amount === null && rest === 0n)
    throw new DomainError('INVALID_TRANSITION', 'All of this payment has been given back, or is on its way.')
  const part = amount === null ? rest : BigInt(amount)
  if (part <= 0n || part > rest)
    throw inputError([
      { path: 'amount', message: `must be over 0 and at most ${rest}, in minor units: what can still be refunded` },
    ])
  return part
}
