import { money } from '../../../kernel/money.js'
import { inTransaction, type Transaction } from '../../../platform/database/transaction.js'
import type { Platform } from '../../../platform/platform.js'
import { countStatus } from '../count-status.js'
import { isKeptDeposit, post, wasWanted } from '../ledger/ledger.js'
import { depositRestored, moneyReturned } from '../ledger/ledger-chart.js'
import type { SaleShares } from '../ledger/sale-shares.js'
import { lockPayment } from '../lock-payment.js'
import type { PaymentProviders } from '../payment-providers.js'
import { statusAfterRefunds } from '../payment-steps.js'
import type { SettlementHandlers } from '../settlement-handler.js'

/** A bank may send back what it was given, days later: the refund has failed after all, and its customer is still owed the money. */
export class RefundReturn {
  constructor(
    private readonly platform: Pick<Platform, 'database' | 'clock' | 'log'>,
    private readonly providers: PaymentProviders,
    private readonly books: { readonly handlers: SettlementHandlers; readonly shares: SaleShares },
  ) {}

  /** Asks how a refund that SUCCEEDED stands by now, and books it back when it has failed. Harmless to repeat. */
  async check(refundId: string): Promise<void> {
    const { providerRefundId, payment } = await this.platform.database.prisma.refund.findUniqueOrThrow({
      where: { id: refundId },
      select: { providerRefundId: true, payment: { select: { provider: true } } },
    })
    if (providerRefundId === null) return
    const { status } = await this.providers.call(payment.provider, (adapter) => adapter.readRefund(providerRefundId))
    if (status === 'FAILED') await inTransaction(this.platform.database, (tx) => this.takeBack(tx, refundId))
  }

  private async takeBack(tx: Transaction, refundId: string): Promise<void> {
    const { payment: known } = await tx.prisma.refund.findUniqueOrThrow({
      where: { id: refundId },
      select: { payment: { select: { id: true, purpose: true, referenceId: true } } },
    })
    await this.books.handlers.locked(tx, known)
    const payment = await lockPayment(tx, known.id)
    const { status: before, amount } = await tx.prisma.refund.findUniqueOrThrow({ where: { id: refundId } })
    if (before !== 'SUCCEEDED') return
    const now = this.platform.clock.now()
    await tx.prisma.refund.update({ where: { id: refundId }, data: { status: 'FAILED', settledAt: now } })
    const refundedAmount = payment.refundedAmount - amount
    const status = statusAfterRefunds(payment.amount, refundedAmount)
    await tx.prisma.payment.update({ where: { id: payment.id }, data: { refundedAmount, status } })
    if (status !== 'SUCCEEDED') countStatus(tx, payment, status)
    tx.afterCommit(() =>
      this.platform.log.error(
        { refundId, paymentId: payment.id },
        'a refund was given and has come back: give it again',
      ),
    )
    const { userId, purpose, referenceId } = payment
    await this.books.handlers.tell(tx, {
      ...{ kind: 'REFUND_FAILED', id: refundId, userId, purpose, referenceId },
      amount: money(amount, payment.currency),
    })
    const isWanted = await wasWanted(tx, payment.id)
    const returned = moneyReturned(payment, amount, isWanted)
    if (await isKeptDeposit(tx, payment)) await post(tx, [returned, depositRestored(payment, amount)], now)
    else if (isWanted) await this.books.shares.book(tx, payment, [returned], now)
    else await post(tx, [returned], now)
  }
}
