import type { Payment, Refund } from '../../../generated/prisma/client.js'
import { money } from '../../../kernel/money.js'
import { inTransaction, type Transaction } from '../../../platform/database/transaction.js'
import type { Platform } from '../../../platform/platform.js'
import { countStatus } from '../count-status.js'
import { isKeptDeposit, post, wasWanted } from '../ledger/ledger.js'
import { depositRestored, moneyBack } from '../ledger/ledger-chart.js'
import type { SaleShares } from '../ledger/sale-shares.js'
import { lockPayment } from '../lock-payment.js'
import { type ProviderAdapter, type ProviderRefund, ProviderRefusal } from '../payment-provider.js'
import type { PaymentProviders } from '../payment-providers.js'
import { statusAfterRefunds } from '../payment-steps.js'
import type { SettlementHandlers } from '../settlement-handler.js'
import { receiptFrom } from '../stored-receipt.js'

const CLOCKS_DIFFER_MS = 5 * 60_000

/** Has providers give back what was asked for, and books it when they have. */
export class RefundSettlement {
  constructor(
    private readonly platform: Pick<Platform, 'database' | 'clock' | 'log'>,
    private readonly providers: PaymentProviders,
    private readonly handlers: SettlementHandlers,
    private readonly shares: SaleShares,
  ) {}

  /**
   * The job that asks the provider. Every repeat sends the same under the same key. What the provider has not decided, or nobody knows,
   * is asked again by the clock: see PaymentCheck.
   */
  async carryOut({ refundId }: { readonly refundId: string }): Promise<void> {
    const { prisma } = this.platform.database
    const refund = await prisma.refund.findUnique({ where: { id: refundId }, include: { payment: true } })
    if (refund?.status !== 'PENDING') return
    const answer = await this.ask(refund)
    if (answer.status !== 'PENDING') return this.settle(refundId, answer)
    await prisma.refund.update({ where: { id: refundId }, data: { providerRefundId: answer.id }, select: { id: true } })
  }

  private async ask(refund: Refund & { payment: Payment }): Promise<ProviderRefund> {
    const { provider } = refund.payment
    try {
      return await this.providers.call(provider, (adapter) => this.askOf(adapter, refund))
    } catch (error) {
      if (!(error instanceof ProviderRefusal)) throw error
      this.platform.log.error({ err: error, refundId: refund.id, provider }, 'the provider refused a refund')
      return { id: refund.providerRefundId ?? '', status: 'FAILED' }
    }
  }

  private async askOf(adapter: ProviderAdapter, refund: Refund & { payment: Payment }): Promise<ProviderRefund> {
    const { idempotenceKey, reason, payment, providerRefundId } = refund
    const { providerPaymentId } = payment
    if (providerRefundId !== null) return adapter.readRefund(providerRefundId)
    if (providerPaymentId === null)
      throw new Error(`payment ${payment.id} was paid, but the provider's id of it is unknown`)
    const age = this.platform.clock.now().getTime() - refund.createdAt.getTime()
    const isForgotten = age >= (adapter.capabilities.keysLastMs ?? Number.POSITIVE_INFINITY)
    const made = isForgotten ? await this.made(adapter, refund, providerPaymentId) : null
    if (made) return made
    const amount = money(refund.amount, refund.currency)
    return adapter.refund({ idempotenceKey, providerPaymentId, amount, reason, receipt: receiptFrom(refund.receipt) })
  }

  /**
   * The provider has forgotten the key: the same call would give the money twice. A refund there of the same payment and amount that
   * is nobody else's is ours; of several such, one is as good as another.
   */
  private async made(adapter: ProviderAdapter, refund: Refund, providerPaymentId: string) {
    if (!adapter.refundsOf) throw new Error(`${adapter.name} forgets keys and cannot list refunds`)
    const others = await this.platform.database.prisma.refund.findMany({
      where: { paymentId: refund.paymentId, providerRefundId: { not: null } },
      select: { providerRefundId: true },
    })
    const taken = new Set(others.map((other) => other.providerRefundId))
    const since = refund.createdAt.getTime() - CLOCKS_DIFFER_MS
    const ours = (await adapter.refundsOf(providerPaymentId)).filter(
      ({ id, amount, createdAt }) => !taken.has(id) && amount.amount === refund.amount && createdAt.getTime() >= since,
    )
    return ours.find(({ status }) => status !== 'FAILED') ?? ours[0] ?? null
  }

  /** Books a refund that the provider has decided, once. */
  private async settle(refundId: string, { id: providerRefundId, status }: ProviderRefund): Promise<void> {
    await inTransaction(this.platform.database, async (tx) => {
      const { payment: known } = await tx.prisma.refund.findUniqueOrThrow({
        where: { id: refundId },
        include: { payment: true },
      })
      const handler = await this.handlers.locked(tx, known)
      const payment = await lockPayment(tx, known.id)
      // Read under the payment's lock, which every change of its refunds takes.
      const refund = await tx.prisma.refund.findUniqueOrThrow({ where: { id: refundId } })
      if (refund.status !== 'PENDING') return
      const now = this.platform.clock.now()
      await tx.prisma.refund.update({
        where: { id: refundId },
        data: { status, providerRefundId: providerRefundId || null, settledAt: now, nextCheckAt: null },
      })
      const { userId, purpose, referenceId } = payment
      const amount = money(refund.amount, refund.currency)
      const news = { id: refundId, userId, purpose, referenceId, amount }
      if (status !== 'SUCCEEDED') {
        await this.handlers.tell(tx, { kind: 'REFUND_FAILED', ...news })
        if (await isKeptDeposit(tx, payment)) await post(tx, [depositRestored(payment, refund.amount)], now)
        return
      }
      await this.give(tx, payment, refund.amount)
      await this.handlers.tell(tx, { kind: 'REFUNDED', ...news })
      await handler.refunded?.(tx, {
        id: refundId,
        paymentId: payment.id,
        referenceId,
        amount,
        isRest: payment.refundedAmount + refund.amount === payment.amount,
      })
      if (await wasWanted(tx, payment.id))
        await this.shares.book(tx, payment, [moneyBack(payment, refund.amount, true)], now)
      else await post(tx, [moneyBack(payment, refund.amount, false)], now)
    })
  }

  private async give(tx: Transaction, payment: Payment, amount: bigint): Promise<void> {
    const refundedAmount = payment.refundedAmount + amount
    const status = statusAfterRefunds(payment.amount, refundedAmount)
    await tx.prisma.payment.update({ where: { id: payment.id }, data: { refundedAmount, status } })
    countStatus(tx, payment, status)
  }
}
