import type { Payment } from '../../generated/prisma/client.js'
import type { PaymentProvider } from '../../generated/prisma/enums.js'
import { money } from '../../kernel/money.js'
import { inTransaction, type Transaction } from '../../platform/database/transaction.js'
import { enqueue } from '../../platform/jobs/job-queue.js'
import type { Platform } from '../../platform/platform.js'
import { isInsufficientFunds } from './balance/insufficient-funds.js'
import { firstCheckAt } from './check-schedule.js'
import { countStatus } from './count-status.js'
import { isAdmitted } from './is-admitted.js'
import { post } from './ledger/ledger.js'
import { moneyIn } from './ledger/ledger-chart.js'
import type { SaleShares } from './ledger/sale-shares.js'
import { lockPayment } from './lock-payment.js'
import type { PaymentNews } from './payment-news.js'
import type { ProviderPayment } from './payment-provider.js'
import { isLastWord, isPaid, isStepForward } from './payment-steps.js'
import { paymentJobs } from './payments.jobs.js'
import { openRefund } from './refunds/open-refund.js'
import type { SettlementHandler, SettlementHandlers } from './settlement-handler.js'
import { soldPayment } from './sold-payment.js'

interface Applying {
  /** Whether the seller hears of a cancellation; true unless told. */
  readonly announceFailure?: boolean
}

/** Brings payments to where their provider says they are. */
export class PaymentSettlement {
  constructor(
    private readonly platform: Pick<Platform, 'database' | 'clock'>,
    private readonly handlers: SettlementHandlers,
    private readonly shares: SaleShares,
  ) {}

  /**
   * Applies a provider's report, if it is a step forward: status, what was bought, and ledger in one transaction. Harmless to repeat.
   * @returns false when there is no such payment here
   * @throws INSUFFICIENT_FUNDS when there is less on a balance by now, and the attempt is CANCELED; Error when the provider took another
   * amount than was asked for
   */
  async apply(provider: PaymentProvider, reported: ProviderPayment, applying: Applying = {}): Promise<boolean> {
    try {
      return await this.settle(provider, reported, applying)
    } catch (error) {
      if (isInsufficientFunds(error))
        await this.settle(provider, { ...reported, status: 'CANCELED', reason: error.message }, applying)
      throw error
    }
  }

  private async settle(provider: PaymentProvider, reported: ProviderPayment, applying: Applying): Promise<boolean> {
    const known = await this.find(provider, reported)
    if (!known) return false
    await inTransaction(this.platform.database, async (tx) => {
      const handler = await this.handlers.locked(tx, known)
      const payment = await lockPayment(tx, known.id)
      if (isStepForward(payment, reported.status)) {
        if (reported.status === 'SUCCEEDED') return this.succeed(tx, payment, reported, handler)
        if (reported.status === 'WAITING_FOR_CAPTURE') await this.hold(tx, payment, reported, handler)
        else await this.fail(tx, payment, reported, { handler, ...applying })
      }
      await this.remember(tx, payment, reported)
    })
    return true
  }

  /** Ends a PENDING attempt without its provider's word. Should it be paid after all, `apply` brings it back. */
  async giveUp(id: string, reason: string, applying: Applying): Promise<void> {
    const known = await this.platform.database.prisma.payment.findUniqueOrThrow({ where: { id } })
    await inTransaction(this.platform.database, async (tx) => {
      const handler = await this.handlers.locked(tx, known)
      const payment = await lockPayment(tx, id)
      if (payment.status === 'PENDING') await this.fail(tx, payment, { reason }, { handler, ...applying })
    })
  }

  /** Ends a PENDING attempt that its provider would not take: its last word. */
  async refuse(id: string, reason: string): Promise<void> {
    await this.giveUp(id, reason, { announceFailure: true })
    const where = { id, status: 'CANCELED', providerPaymentId: null } as const
    await this.platform.database.prisma.payment.updateMany({ where, data: { nextCheckAt: null } })
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
      data: {
        status: 'SUCCEEDED',
        providerPaymentId,
        savedMethodId,
        paidAt: now,
        failureReason: null,
        nextCheckAt: null,
      },
    })
    countStatus(tx, payment, 'SUCCEEDED')
    const verdict = await handler.settled(tx, soldPayment(paid))
    if (verdict === 'unwanted')
      await openRefund(tx, payment, {
        amount: payment.amount,
        given: 0n,
        reason: 'Paid for something that needed no payment any more.',
        now,
      })
    if (verdict === 'unwanted') return post(tx, [moneyIn(payment, false)], now)
    await this.shares.book(tx, payment, [moneyIn(payment, true)], now)
    await this.handlers.tell(tx, newsOf('PAID', payment))
  }

  /** The money is held: it is taken if the seller still wants it, and let go otherwise. */
  private async hold(
    tx: Transaction,
    payment: Payment,
    { id: providerPaymentId, expiresAt }: ProviderPayment,
    handler: SettlementHandler,
  ): Promise<void> {
    const isWanted = await isAdmitted(tx, payment, handler)
    const status = isWanted ? 'WAITING_FOR_CAPTURE' : 'CANCELED'
    const failureReason = isWanted ? null : 'What it was for needs no payment any more.'
    const data = { status, failureReason, providerPaymentId, ...(expiresAt && { expiresAt }) } as const
    await tx.prisma.payment.update({ where: { id: payment.id }, data })
    countStatus(tx, payment, status)
    await enqueue(tx, isWanted ? paymentJobs.capture : paymentJobs.cancel, { paymentId: payment.id })
  }

  private async fail(
    tx: Transaction,
    payment: Payment,
    { reason }: Pick<ProviderPayment, 'reason'>,
    { handler, announceFailure = true }: Applying & { readonly handler: SettlementHandler },
  ): Promise<void> {
    await tx.prisma.payment.update({ where: { id: payment.id }, data: { status: 'CANCELED', failureReason: reason } })
    countStatus(tx, payment, 'CANCELED')
    if (!announceFailure) return
    await handler.failed?.(tx, { ...soldPayment(payment), reason })
    await this.handlers.tell(tx, newsOf('FAILED', payment))
  }

  /** What a report tells besides a step: the provider's id, and whether there is anything left to ask. */
  private async remember(tx: Transaction, payment: Payment, { id, status }: ProviderPayment): Promise<void> {
    if (isPaid(payment.status)) return
    const nextCheckAt = isLastWord(status) ? null : (payment.nextCheckAt ?? firstCheckAt(this.platform.clock.now()))
    if (payment.providerPaymentId !== id || payment.nextCheckAt !== nextCheckAt)
      await tx.prisma.payment.update({ where: { id: payment.id }, data: { providerPaymentId: id, nextCheckAt } })
    // Its customer confirmed what we had given up.
    if (payment.status === 'CANCELED' && status === 'WAITING_FOR_CAPTURE')
      await enqueue(tx, paymentJobs.cancel, { paymentId: payment.id }, { key: `cancel:${payment.id}` })
  }
}

const newsOf = (
  kind: 'PAID' | 'FAILED',
  { id, userId, purpose, referenceId, amount, currency }: Payment,
): PaymentNews => ({
  ...{ kind, id, userId, purpose, referenceId },
  amount: money(amount, currency),
})
