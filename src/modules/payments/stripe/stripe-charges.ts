import type { Stripe } from 'stripe'
import type { Clock } from '../../../kernel/clock.js'
import { type ProviderAttempt, type ProviderPayment, ProviderRefusal } from '../payment-provider.js'
import type { StripeCalls } from './stripe-calls.js'
import { splitMethod } from './stripe-method.js'
import { chargeReport } from './stripe-report.js'
import { ATTEMPT_KEY, CLOCKS_DIFFER_S, chargeRequest, MOST_LISTED, secondsOf } from './stripe-request.js'

/** The bank is asked before the answer comes. */
const CHARGE_MS = 25_000
/** Stripe keeps a key for a day. */
const KEYS_LAST_MS = 23 * 60 * 60 * 1_000

/** Charges of kept methods. Stripe forgets our key after a day, so what was made is looked for before anything is made. */
export class StripeCharges {
  constructor(
    private readonly calls: StripeCalls,
    private readonly home: string,
    private readonly clock: Clock,
  ) {}

  /** @throws ProviderRefusal when the bank says no, and when it is too late */
  async make(attempt: ProviderAttempt, savedMethodId: string): Promise<ProviderPayment> {
    const options = { idempotencyKey: attempt.idempotenceKey, timeout: CHARGE_MS, maxNetworkRetries: 0 }
    const request = chargeRequest(attempt, savedMethodId, this.home)
    const made = await this.find(attempt, savedMethodId)
    if (made) return made
    // Nobody expects a charge any more that was wanted yesterday.
    if (this.clock.now().getTime() - attempt.createdAt.getTime() > KEYS_LAST_MS)
      throw new ProviderRefusal('the charge never reached Stripe')
    return chargeReport(await this.calls.run((stripe) => stripe.paymentIntents.create(request, options)))
  }

  async find({ idempotenceKey, createdAt }: ProviderAttempt, savedMethodId: string): Promise<ProviderPayment | null> {
    const { customer } = splitMethod(savedMethodId)
    const created = { gte: secondsOf(createdAt) - CLOCKS_DIFFER_S }
    const listed = (stripe: Stripe) => stripe.paymentIntents.list({ customer, created, limit: 100 })
    const charges = await this.calls.run((stripe) => listed(stripe).autoPagingToArray({ limit: MOST_LISTED }))
    const found = charges.find(({ metadata }) => metadata[ATTEMPT_KEY] === idempotenceKey)
    return found ? chargeReport(found) : null
  }
}
