import type { WebhookDelivery } from '../../../generated/prisma/client.js'
import type { PaymentProvider } from '../../../generated/prisma/enums.js'
import type { JobContext } from '../../../platform/jobs/job-handler.js'
import type { Platform } from '../../../platform/platform.js'
import type { PaymentProviders } from '../payment-providers.js'
import type { PaymentSettlement } from '../payment-settlement.service.js'
import type { RefundReturn } from '../refunds/refund-return.service.js'
import type { RefundSettlement } from '../refunds/refund-settlement.service.js'

const SOON_MS = 30_000

type Outcome = 'PROCESSED' | 'IGNORED'

/** Reads the inbox: what a webhook is about is read anew from its provider and applied. */
export class WebhookSettlement {
  constructor(
    private readonly platform: Pick<Platform, 'database' | 'clock'>,
    private readonly providers: PaymentProviders,
    private readonly settlement: PaymentSettlement,
    private readonly refunds: RefundSettlement,
    private readonly returns: RefundReturn,
  ) {}

  async handle(
    { deliveryId }: { readonly deliveryId: string },
    { isLastAttempt }: Pick<JobContext, 'isLastAttempt'>,
  ): Promise<void> {
    const deliveries = this.platform.database.prisma.webhookDelivery
    const delivery = await deliveries.findUnique({ where: { id: deliveryId } })
    if (!delivery || delivery.status === 'PROCESSED' || delivery.status === 'IGNORED') return
    const attempts = { increment: 1 }
    try {
      const status = await this.process(delivery)
      const processedAt = this.platform.clock.now()
      await deliveries.update({
        where: { id: deliveryId },
        data: { status, attempts, error: null, processedAt },
        select: { id: true },
      })
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error)
      const status = isLastAttempt ? 'FAILED' : 'RECEIVED'
      await deliveries.update({
        where: { id: deliveryId },
        data: { status, attempts, error: text.slice(0, 1_000) },
        select: { id: true },
      })
      throw error
    }
  }

  private async process({ provider, body }: WebhookDelivery): Promise<Outcome> {
    const subject = this.providers.bySlug(provider.toLowerCase())?.readEvent(body)?.subject
    if (!subject) return 'IGNORED'
    if (subject.kind === 'payment') {
      const reported = await this.providers.call(provider, (adapter) => adapter.read(subject.id))
      if (!(await this.settlement.apply(provider, reported))) return 'IGNORED'
      if (reported.status === 'PENDING') await this.askSoon(provider, reported.id)
      return 'PROCESSED'
    }
    const refund = await this.platform.database.prisma.refund.findFirst({
      where: { providerRefundId: subject.id, payment: { provider } },
      select: { id: true, status: true },
    })
    if (!refund) return 'IGNORED'
    if (refund.status === 'SUCCEEDED') await this.returns.check(refund.id)
    else await this.refunds.carryOut({ refundId: refund.id })
    return 'PROCESSED'
  }

  /** Told that something happened, and read that nothing has: what was read may be behind. No second webhook of this kind comes. */
  private async askSoon(provider: PaymentProvider, providerPaymentId: string): Promise<void> {
    const nextCheckAt = new Date(this.platform.clock.now().getTime() + SOON_MS)
    await this.platform.database.prisma.payment.updateMany({
      where: { provider, providerPaymentId, nextCheckAt: { gt: nextCheckAt } },
      data: { nextCheckAt, checks: 0 },
    })
  }
}
