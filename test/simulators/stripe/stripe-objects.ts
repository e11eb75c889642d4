import type { Stripe } from 'stripe'
import type { Clock } from '../../../src/kernel/clock.js'
import type { SeededRandom } from '../seeded-random.js'

/** The part of Stripe's objects that is played, under Stripe's own names and types. Links are ids, as in a webhook. */
export type Session = Pick<
  Stripe.Checkout.Session,
  | 'id'
  | 'object'
  | 'amount_total'
  | 'cancel_url'
  | 'client_reference_id'
  | 'created'
  | 'currency'
  | 'expires_at'
  | 'livemode'
  | 'metadata'
  | 'mode'
  | 'payment_status'
  | 'status'
  | 'success_url'
  | 'url'
> & { payment_intent: string | null; customer: string | null }

export type Intent = Pick<
  Stripe.PaymentIntent,
  | 'id'
  | 'object'
  | 'amount'
  | 'amount_capturable'
  | 'amount_received'
  | 'cancellation_reason'
  | 'capture_method'
  | 'created'
  | 'currency'
  | 'description'
  | 'livemode'
  | 'metadata'
  | 'setup_future_usage'
  | 'status'
> & {
  customer: string | null
  payment_method: string | null
  latest_charge: string | null
  last_payment_error: { type: 'card_error'; code: string; decline_code: string; message: string } | null
}

export type Refund = Pick<
  Stripe.Refund,
  'id' | 'object' | 'amount' | 'created' | 'currency' | 'metadata' | 'reason' | 'status' | 'failure_reason'
> & { payment_intent: string; charge: string }

export type StripeObject = Session | Intent | Refund

/** What every part of the simulator shares. */
export interface StripeWorld {
  readonly clock: Clock
  readonly random: SeededRandom
  /** Something happened: a webhook about the object as it is now, for whoever listens. */
  happened(type: string, object: Readonly<Record<string, unknown>> | StripeObject): void
}

export const seconds = ({ clock }: Pick<StripeWorld, 'clock'>): number => Math.floor(clock.now().getTime() / 1_000)

export const newStripeId = ({ random }: StripeWorld, prefix: string): string => `${prefix}_${random.text(24)}`
