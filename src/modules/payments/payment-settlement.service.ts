import type { Payment } from '../../generated/prisma/client.js'
import type { PaymentProvider } from '../../generated/prisma/enums.js'
import { money } from '../../kernel/money.js'
import { inTransaction, type Transaction } from '../../platform/database/transaction.js'
import type { Platform } from '../../platform/platform.js'
import { countStatus } from './count-status.js'
import { post } from './ledger.js'
import { moneyIn } from './ledger-chart.js'
import { lockPayment } from './lock-payment.js'
import { openRefund } from './open-refund.js'
import type { ProviderPayment } from './payment-provider.js'
import { isStepForward } from './payment-steps.js'
import type { SettledPayment, SettlementHandler, SettlementHandlers } from './settlement-handler.js'

interface Applying {
  /** Whether the seller hears of a cancellation; true unless told. */
  readonly announceFailure?: boolean
}

/** Brings payments to where their provider says they are. */
export class PaymentSettlement {
  constructor(
    private readonly platform: Pick<Platform, 'database' | 'clock'>,
    private readonly handlers: SettlementHandlers,
  ) {}

  /**
   * Applies a provider's report, if it is a step forward: status, what was bought, and ledger in one transaction. Harmless to repeat.
   * @returns false when there is no such payment here
   * @throws Error when the provider took another amount than was asked for
   */
  async apply(provider: PaymentProvider, reported: ProviderPayment, applying: Applying = {}): Promise<boolean> {
    const known = await this.find(provider, reported)
    if (!known) return false
    await inTransaction(this.platform.database, async (tx) => {
      const handler = await this.handlers.locked(tx, known)
      const payment = await lockPayment(tx, known.id)
      if (!isStepForward(payment.status, reported.status)) return
      if (reported.status === 'SUCCEEDED') await this.succeed(tx, payment, reported, handler)
      else await this.advance(tx, payment, reported)
      if (reported.status === 'CANCELED' && applying.announceFailure !== false)
        await handler.failed?.(tx, { ...sold(payment), reason: reported.reason })
    })
    return true
  }

  /** By the provider's id, or by our key when the answer that told us the id was lost. */
  private find(provider: PaymentProvider, { id, attemptKey }: ProviderPayment) {
    const byKey = attemptKey === null ? [] : [{ idempotenceKey: attemptKey }]
    return this.platform.database.prisma.payment.findFirst({
      where: { provider, OR: [{ providerPaymentId: id }, ...byKey] },
      select: { id: true, purpose: true, referenceId: true },
    })
  }

  private async succeed(
    tx: Transaction,
    payment: Payment,
    reported: ProviderPayment,
    handler: SettlementHandler,
  ): Promise<void> {
    const { amount, currency } = reported.amount
    if (amount !== payment.amount || currency !== payment.currency)
      throw new Error(
        `payment ${payment.id}: ${payment.amount} ${payment.currency} were asked for, ${amount} ${currency} were paid`,
      )
    const now = this.platform.clock.now()
    const { id: providerPaymentId, savedMethodId } = reported
    const paid = await tx.prisma.payment.update({
      where: { id: payment.id },
      data: { status: 'SUCCEEDED', providerPaymentId, savedMethodId, paidAt: now, failureReason: null },
    })
    countStatus(tx, payment, 'SUCCEEDED')
    const verdict = await handler.settled(tx, sold(paid))
    if (verdict === 'unwanted')
      await openRefund(tx, payment, {
        amount: payment.amount,
        reason: 'Paid for something that needed no payment any more.',
        now,
      })
    await post(tx, moneyIn(payment, verdict === 'accepted'), now)
  }

  private async advance(tx: Transaction, payment: Payment, reported: ProviderPayment): Promise<void> {
    await tx.prisma.payment.update({
      where: { id: payment.id },
      data: { status: reported.status, providerPaymentId: reported.id, failureReason: reported.reason },
    })
    countStatus(tx, payment, reported.status)
  }
}

const sold = ({ id, userId, referenceId, amount, currency, provider, savedMethodId }: Payment): SettledPayment => ({
  id,
  userId,
  referenceId,
  amount: money(amount, currency),
  provider,
  savedMethodId,
})
