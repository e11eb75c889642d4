import type { IntentRequest } from './request-shapes.js'
import { type Intent, newStripeId, type StripeWorld, seconds } from './stripe-objects.js'
import { conflict, invalid, missing, StripeProblem } from './stripe-problem.js'

type NewIntent = Pick<Intent, 'amount' | 'currency' | 'capture_method' | 'metadata'> &
  Partial<Pick<Intent, 'description' | 'setup_future_usage' | 'customer' | 'payment_method'>>

export const MOST = 99_999_999
export const LEAST = 50

export function checkAmount(amount: number): void {
  if (amount < LEAST) throw invalid('Amount must convert to at least 50 cents.', { code: 'amount_too_small' })
  if (amount > MOST) throw invalid('Amount must be no more than 999,999.99.', { code: 'amount_too_large' })
}

/** PaymentIntents: what moves the money. */
export class StripeIntents {
  readonly all = new Map<string, Intent>()
  /** The kept methods, by the customer they belong to. */
  readonly methods = new Map<string, string>()
  private readonly declines: string[] = []

  constructor(private readonly world: StripeWorld) {}

  /** The next charge of a kept method is declined for this reason. */
  declineNext(code: string): void {
    this.declines.push(code)
  }

  /** @throws StripeProblem when there is none */
  read(id: string): Intent {
    const intent = this.all.get(id)
    if (!intent) throw missing('payment_intent', id)
    return intent
  }

  open(given: NewIntent): Intent {
    const intent: Intent = {
      id: newStripeId(this.world, 'pi'),
      object: 'payment_intent',
      amount_capturable: 0,
      amount_received: 0,
      cancellation_reason: null,
      created: seconds(this.world),
      customer: null,
      description: null,
      last_payment_error: null,
      latest_charge: null,
      livemode: false,
      payment_method: null,
      setup_future_usage: null,
      status: 'requires_payment_method',
      ...given,
    }
    this.all.set(intent.id, intent)
    this.world.happened('payment_intent.created', intent)
    return intent
  }

  /** A charge of a kept method, without its customer. @throws StripeProblem when it is declined */
  charge(request: IntentRequest): Intent {
    const { customer, payment_method, amount, currency, capture_method, metadata, description = null } = request
    checkAmount(amount)
    if (!request.off_session || !request.confirm) throw invalid('Only charges without the customer are played here.')
    if (this.methods.get(payment_method) !== customer)
      throw conflict(
        'The PaymentMethod does not belong to the Customer you supplied.',
        'payment_method_unexpected_state',
      )
    const intent = this.open({ amount, currency, capture_method, metadata, description, customer, payment_method })
    const declined = this.declines.shift()
    if (declined === undefined) return this.authorize(intent)
    this.fail(intent, declined)
    const { code, decline_code, message } = intent.last_payment_error ?? { code: '', decline_code: '', message: '' }
    throw new StripeProblem(402, 'card_error', message, { code, decline_code, payment_intent: intent })
  }

  /** The customer's bank says yes: taken, or held for a manual capture. */
  authorize(intent: Intent): Intent {
    intent.latest_charge ??= newStripeId(this.world, 'ch')
    intent.last_payment_error = null
    if (intent.capture_method !== 'manual') return this.take(intent, intent.amount)
    intent.status = 'requires_capture'
    intent.amount_capturable = intent.amount
    this.world.happened('payment_intent.amount_capturable_updated', intent)
    return intent
  }

  /** The customer's bank says no; the customer may try again. */
  fail(intent: Intent, code = 'generic_decline'): void {
    intent.status = 'requires_payment_method'
    const isAction = code === 'authentication_required'
    intent.last_payment_error = {
      type: 'card_error',
      code: isAction ? code : 'card_declined',
      decline_code: code,
      message: isAction ? 'This transaction requires authentication.' : 'Your card was declined.',
    }
    this.world.happened('payment_intent.payment_failed', intent)
  }

  /** @throws StripeProblem unless the money is held, or less is */
  capture(id: string, amount?: number): Intent {
    const intent = this.read(id)
    if (intent.status !== 'requires_capture')
      throw conflict(
        `This PaymentIntent could not be captured because it has a status of ${intent.status}.`,
        'payment_intent_unexpected_state',
      )
    if (amount !== undefined && (amount < 1 || amount > intent.amount_capturable))
      throw conflict('The amount to capture is more than can be captured.', 'amount_too_large')
    return this.take(intent, amount ?? intent.amount_capturable)
  }

  /** @throws StripeProblem when it is finished */
  cancel(id: string, reason: Intent['cancellation_reason'] = null): Intent {
    const intent = this.read(id)
    if (intent.status === 'succeeded' || intent.status === 'canceled' || intent.status === 'processing')
      throw conflict(
        `You cannot cancel this PaymentIntent because it has a status of ${intent.status}.`,
        'payment_intent_unexpected_state',
      )
    intent.status = 'canceled'
    intent.amount_capturable = 0
    intent.cancellation_reason = reason
    this.world.happened('payment_intent.canceled', intent)
    return intent
  }

  private take(intent: Intent, amount: number): Intent {
    intent.status = 'succeeded'
    intent.amount_capturable = 0
    intent.amount_received = amount
    this.world.happened('payment_intent.succeeded', intent)
    // One of the many events that mean nothing to AdTime.
    this.world.happened('charge.succeeded', { id: intent.latest_charge, object: 'charge', payment_intent: intent.id })
    return intent
  }
}
