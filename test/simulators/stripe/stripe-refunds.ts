import type { RefundRequest } from './request-shapes.js'
import type { StripeIntents } from './stripe-intents.js'
import { newStripeId, type Refund, type StripeWorld, seconds } from './stripe-objects.js'
import { conflict, invalid, missing } from './stripe-problem.js'

type Status = 'pending' | 'requires_action' | 'succeeded' | 'failed' | 'canceled'

const COUNTS: readonly string[] = ['pending', 'requires_action', 'succeeded']

/** Money on its way back. */
export class StripeRefunds {
  readonly all = new Map<string, Refund>()
  private readonly planned: Status[] = []

  constructor(
    private readonly world: StripeWorld,
    private readonly intents: StripeIntents,
  ) {}

  /** The next refund begins like this, instead of as succeeded. */
  beginNext(status: Status): void {
    this.planned.push(status)
  }

  /** @throws StripeProblem for a payment that was not paid, and for more than is left of it */
  give({ payment_intent, amount, reason, metadata }: RefundRequest): Refund {
    const intent = this.intents.read(payment_intent)
    if (intent.status !== 'succeeded' || intent.latest_charge === null)
      throw conflict(`This PaymentIntent (${intent.id}) does not have a successful charge to refund.`)
    const left = intent.amount_received - this.givenOf(payment_intent)
    if (left === 0)
      throw conflict(`Charge ${intent.latest_charge} has already been refunded.`, 'charge_already_refunded')
    const wanted = amount ?? left
    if (wanted < 1) throw invalid('Invalid positive integer', { code: 'parameter_invalid_integer', param: 'amount' })
    if (wanted > left) throw conflict(`Refund amount (${wanted}) is greater than unrefunded amount on charge (${left})`)
    const refund: Refund = {
      id: newStripeId(this.world, 're'),
      object: 'refund',
      amount: wanted,
      charge: intent.latest_charge,
      created: seconds(this.world),
      currency: intent.currency,
      metadata,
      payment_intent,
      reason: reason ?? null,
      status: this.planned.shift() ?? 'succeeded',
    }
    this.all.set(refund.id, refund)
    this.world.happened('refund.created', refund)
    return refund
  }

  /** What was under way is decided, or what was given comes back. */
  decide(id: string, status: 'succeeded' | 'failed' | 'canceled'): void {
    const refund = this.read(id)
    refund.status = status
    if (status === 'failed') refund.failure_reason = 'expired_or_canceled_card'
    this.world.happened(status === 'failed' ? 'refund.failed' : 'refund.updated', refund)
  }

  /** @throws StripeProblem when there is none */
  read(id: string): Refund {
    const refund = this.all.get(id)
    if (!refund) throw missing('refund', id)
    return refund
  }

  /** The newest first. */
  of(intentId: string): Refund[] {
    return [...this.all.values()].filter(({ payment_intent }) => payment_intent === intentId).reverse()
  }

  givenOf(intentId: string): number {
    return this.of(intentId)
      .filter(({ status }) => COUNTS.includes(status ?? ''))
      .reduce((sum, { amount }) => sum + amount, 0)
  }
}
