import type { Stripe } from 'stripe'
import type { ProviderRefund, ProviderRefundRequest } from '../payment-provider.js'
import type { StripeCalls } from './stripe-calls.js'
import { refundReport } from './stripe-report.js'
import { MOST_LISTED, REFUND_KEY, refundRequest } from './stripe-request.js'

/** Refunds. Stripe forgets our key after a day, so what was given is looked for before anything is given. */
export class StripeRefunds {
  constructor(private readonly calls: StripeCalls) {}

  /** @throws ProviderRefusal for more than is left of the payment */
  async give(request: ProviderRefundRequest, intentId: string): Promise<ProviderRefund> {
    const options = { idempotencyKey: request.idempotenceKey }
    const given = await this.find(request, intentId)
    return (
      given ??
      refundReport(await this.calls.run((stripe) => stripe.refunds.create(refundRequest(request, intentId), options)))
    )
  }

  /** @throws ProviderRefusal when Stripe knows none */
  async read(id: string): Promise<ProviderRefund> {
    return refundReport(await this.calls.run((stripe) => stripe.refunds.retrieve(id)))
  }

  private async find(
    { idempotenceKey }: ProviderRefundRequest,
    payment_intent: string,
  ): Promise<ProviderRefund | null> {
    const listed = (stripe: Stripe) => stripe.refunds.list({ payment_intent, limit: 100 })
    const refunds = await this.calls.run((stripe) => listed(stripe).autoPagingToArray({ limit: MOST_LISTED }))
    const found = refunds.find(({ metadata }) => metadata?.[REFUND_KEY] === idempotenceKey)
    return found ? refundReport(found) : null
  }
}
