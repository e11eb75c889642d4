import { money } from '../../kernel/money.js'
import type { Platform } from '../../platform/platform.js'
import type { PaymentProviders } from './payment-providers.js'
import type { PaymentSettlement } from './payment-settlement.service.js'

/** Takes money that is held. */
export class PaymentCapture {
  constructor(
    private readonly platform: Pick<Platform, 'database'>,
    private readonly providers: PaymentProviders,
    private readonly settlement: PaymentSettlement,
  ) {}

  /** The job after a hold. Whoever gave the payment up meanwhile has a job that lets the money go. */
  async capture({ paymentId }: { readonly paymentId: string }): Promise<void> {
    const payment = await this.platform.database.prisma.payment.findUnique({ where: { id: paymentId } })
    if (payment?.status !== 'WAITING_FOR_CAPTURE' || payment.providerPaymentId === null) return
    const { provider, providerPaymentId, amount, currency } = payment
    const reported = await this.providers.call(provider, (adapter) =>
      adapter.capture(providerPaymentId, money(amount, currency), `capture-${paymentId}`),
    )
    await this.settlement.apply(provider, reported)
  }
}
