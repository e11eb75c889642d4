import type { Currency, PaymentProvider } from '../../generated/prisma/enums.js'
import { DomainError } from '../../kernel/domain-error.js'
import { paymentErrorsTotal } from '../../platform/observability/metrics.js'
import { type ProviderAdapter, ProviderRefusal, type TellingProvider, tells } from './payment-provider.js'

/** The providers that this server is configured for, those to prefer first. */
export class PaymentProviders {
  constructor(private readonly adapters: readonly ProviderAdapter[]) {}

  get names(): PaymentProvider[] {
    return this.adapters.map(({ name }) => name)
  }

  /** The wanted one, or the first default that takes the currency. @throws PROVIDER_UNAVAILABLE when it, or any such, is not configured */
  choose(wanted: PaymentProvider | null | undefined, currency: Currency): ProviderAdapter {
    if (wanted != null) return this.named(wanted)
    const chosen = this.adapters.find(
      ({ capabilities }) => capabilities.onlyWhenWanted !== true && capabilities.currencies.includes(currency),
    )
    if (chosen) return chosen
    throw new DomainError('PROVIDER_UNAVAILABLE', `No payment provider that takes ${currency} is configured here.`)
  }

  /** @throws PROVIDER_UNAVAILABLE when it is not configured */
  named(wanted: PaymentProvider): ProviderAdapter {
    const chosen = this.adapters.find(({ name }) => name === wanted)
    if (chosen) return chosen
    throw new DomainError('PROVIDER_UNAVAILABLE', `Payments by ${wanted} are not available here.`)
  }

  /** Whether it is configured, and charges methods that it has kept. */
  canCharge(wanted: PaymentProvider): boolean {
    return this.adapters.some(({ name, capabilities }) => name === wanted && capabilities.savesMethods)
  }

  /** The provider behind `POST /webhooks/payments/<slug>`. */
  bySlug(slug: string): TellingProvider | null {
    return this.adapters.filter(tells).find(({ name }) => name.toLowerCase() === slug) ?? null
  }

  /** Calls a provider and counts its failures. Never inside a transaction. */
  async call<Result>(name: PaymentProvider, work: (adapter: ProviderAdapter) => Promise<Result>): Promise<Result> {
    const adapter = this.named(name)
    try {
      return await work(adapter)
    } catch (error) {
      paymentErrorsTotal.inc({ provider: name })
      throw error
    }
  }

  /**
   * The same for a caller who waits for the answer.
   * @throws PAYMENT_FAILED for a refusal, PROVIDER_UNAVAILABLE for everything else
   */
  async callFor<Result>(name: PaymentProvider, work: (adapter: ProviderAdapter) => Promise<Result>): Promise<Result> {
    try {
      return await this.call(name, work)
    } catch (cause) {
      if (cause instanceof DomainError) throw cause
      if (cause instanceof ProviderRefusal)
        throw new DomainError('PAYMENT_FAILED', `The payment provider refused: ${cause.message}`, { cause })
      throw new DomainError(
        'PROVIDER_UNAVAILABLE',
        'The payment provider does not answer. Try again with the same idempotencyKey.',
        { cause },
      )
    }
  }
}
