import type { Payment, Refund } from '../../generated/prisma/client.js'
import { inputError } from '../../kernel/domain-error.js'
import { money } from '../../kernel/money.js'
import { inTransaction, type Transaction } from '../../platform/database/transaction.js'
import { enqueue } from '../../platform/jobs/job-queue.js'
import type { Platform } from '../../platform/platform.js'
import { countStatus } from './count-status.js'
import { post, wasWanted } from './ledger.js'
import { moneyBack } from './ledger-chart.js'
import { lockPayment } from './lock-payment.js'
import { openRefund } from './open-refund.js'
import { type ProviderRefund, ProviderRefusal } from './payment-provider.js'
import type { PaymentProviders } from './payment-providers.js'
import { refundable, statusAfterRefunds } from './payment-steps.js'
import { paymentJobs } from './payments.jobs.js'
import type { RefundRequest } from './payments.js'
import type { SettlementHandlers } from './settlement-handler.js'
import { receiptFrom } from './stored-receipt.js'

/** How long to wait before asking again about a refund that the provider has not decided. */
const UNDECIDED_MS = 60_000

export class PaymentRefund {
  constructor(
    private readonly platform: Pick<Platform, 'database' | 'clock' | 'log'>,
    private readonly providers: PaymentProviders,
    private readonly handlers: SettlementHandlers,
  ) {}

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
      ids.push(await openRefund(tx, payment, { amount: part, reason, now: this.platform.clock.now() }))
    }
    return ids
  }

  /** The job that asks the provider, and asks again until it has decided. Every repeat sends the same under the same key. */
  async carryOut({ refundId }: { readonly refundId: string }): Promise<void> {
    const { prisma } = this.platform.database
    const refund = await prisma.refund.findUnique({ where: { id: refundId }, include: { payment: true } })
    if (refund?.status !== 'PENDING') return
    const answer = await this.ask(refund)
    if (answer.status !== 'PENDING') return this.settle(refundId, answer)
    await prisma.refund.update({ where: { id: refundId }, data: { providerRefundId: answer.id }, select: { id: true } })
    const runAt = new Date(this.platform.clock.now().getTime() + UNDECIDED_MS)
    await enqueue({ prisma }, paymentJobs.refund, { refundId }, { runAt })
  }

  private async ask(refund: Refund & { payment: Payment }): Promise<ProviderRefund> {
    const { idempotenceKey, reason, payment, providerRefundId } = refund
    const { provider, providerPaymentId } = payment
    if (providerPaymentId === null)
      throw new Error(`payment ${payment.id} was paid, but the provider's id of it is unknown`)
    const amount = money(refund.amount, refund.currency)
    const receipt = receiptFrom(refund.receipt)
    try {
      return await this.providers.call(provider, (adapter) =>
        providerRefundId === null
          ? adapter.refund({ idempotenceKey, providerPaymentId, amount, reason, receipt })
          : adapter.readRefund(providerRefundId),
      )
    } catch (error) {
      if (!(error instanceof ProviderRefusal)) throw error
      this.platform.log.error({ err: error, refundId: refund.id, provider }, 'the provider refused a refund')
      return { id: providerRefundId ?? '', status: 'FAILED' }
    }
  }

  /** Books a refund that the provider has decided, once. */
  async settle(refundId: string, { id: providerRefundId, status }: ProviderRefund): Promise<void> {
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
        data: { status, providerRefundId: providerRefundId || null, settledAt: now },
      })
      if (status !== 'SUCCEEDED') return
      await this.give(tx, payment, refund.amount)
      const { referenceId } = payment
      await handler.refunded?.(tx, {
        id: refundId,
        paymentId: payment.id,
        referenceId,
        amount: money(refund.amount, refund.currency),
      })
      await post(tx, moneyBack(payment, refund.amount, await wasWanted(tx, payment.id)), now)
    })
  }

  private async give(tx: Transaction, payment: Payment, amount: bigint): Promise<void> {
    const refundedAmount = payment.refundedAmount + amount
    const status = statusAfterRefunds(payment.amount, refundedAmount)
    await tx.prisma.payment.update({ where: { id: payment.id }, data: { refundedAmount, status } })
    countStatus(tx, payment, status)
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
