import type { Payment } from '../../generated/prisma/client.js'
import { DomainError } from '../../kernel/domain-error.js'
import type { Platform } from '../../platform/platform.js'
import { attemptOf } from './attempt-of.js'
import { type ProviderAdapter, type ProviderPayment, ProviderRefusal } from './payment-provider.js'
import type { PaymentProviders } from './payment-providers.js'
import type { PaymentSettlement } from './payment-settlement.service.js'

/** Brings attempts to their provider. */
export class PaymentOpening {
  constructor(
    private readonly platform: Pick<Platform, 'database' | 'clock'>,
    private readonly providers: PaymentProviders,
    private readonly settlement: PaymentSettlement,
  ) {}

  /**
   * Makes sure that the provider knows the attempt. A concurrent or later repeat sends the same under the same key.
   * @throws PROVIDER_UNAVAILABLE when nobody knows whether it does, PAYMENT_FAILED when it refused, and the attempt is CANCELED
   */
  async open(id: string): Promise<void> {
    const { prisma } = this.platform.database
    const payment = await prisma.payment.findUniqueOrThrow({ where: { id } })
    if (payment.status !== 'PENDING' || payment.providerPaymentId !== null) return
    const { provider } = payment
    try {
      const opened = await this.providers.callFor(provider, (adapter) => this.reach(adapter, payment))
      await prisma.payment.update({
        where: { id },
        data: {
          providerPaymentId: opened.id,
          savedMethodId: opened.savedMethodId,
          confirmationUrl: opened.confirmationUrl,
          ...(opened.expiresAt && { expiresAt: opened.expiresAt }),
        },
        select: { id: true },
      })
      if (opened.status !== 'PENDING') await this.settlement.apply(provider, opened)
    } catch (error) {
      if (error instanceof DomainError && error.code === 'PAYMENT_FAILED')
        await this.settlement.refuse(id, error.message)
      throw error
    }
  }

  /** Once the provider has forgotten the key, the same call would make another payment. */
  private async reach(adapter: ProviderAdapter, payment: Payment): Promise<ProviderPayment> {
    const age = this.platform.clock.now().getTime() - payment.createdAt.getTime()
    const attempt = attemptOf(payment)
    if (age < (adapter.capabilities.keysLastMs ?? Number.POSITIVE_INFINITY)) return adapter.create(attempt)
    const found = await adapter.find?.(attempt)
    if (!found) throw new ProviderRefusal('the attempt never reached it')
    return found
  }
}
