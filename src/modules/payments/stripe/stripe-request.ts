import type { Stripe } from 'stripe'
import type { ProviderAttempt, ProviderRefundRequest } from '../payment-provider.js'
import { splitMethod } from './stripe-method.js'

/** Where our keys stand in the metadata of Stripe's objects: they find what was made by a call whose answer was lost. */
export const ATTEMPT_KEY = 'adtime_attempt'
export const REFUND_KEY = 'adtime_refund'

/** From when the attempt was written. A repeat within half an hour still leaves the half hour that Stripe demands. */
export const PAGE_OPEN_S = 60 * 60
/** What is looked for by our key may be older by Stripe's clock. */
export const CLOCKS_DIFFER_S = 5 * 60
/** The most that is looked through. */
export const MOST_LISTED = 5_000
const MAX_NAME = 250
const MAX_REASON = 500

/** Stripe writes amounts as we do, in whole minor units; the most that a payment may be is far below 2^53. */
export const amountOf = ({ amount }: { readonly amount: bigint }): number => Number(amount)

export const secondsOf = (date: Date): number => Math.floor(date.getTime() / 1_000)

const metadataOf = ({ paymentId, idempotenceKey }: ProviderAttempt) => ({
  adtime_payment: paymentId,
  [ATTEMPT_KEY]: idempotenceKey,
})

const captureOf = ({ capture }: ProviderAttempt) => (capture ? {} : { capture_method: 'manual' as const })

const currencyOf = ({ amount }: ProviderAttempt): string => amount.currency.toLowerCase()

/** A page to pay at. Made of nothing but the attempt and `home`, so that a repeat is the same. */
export function pageRequest(attempt: ProviderAttempt, home: string): Stripe.Checkout.SessionCreateParams {
  const { paymentId, amount, description, createdAt } = attempt
  const returnUrl = attempt.returnUrl ?? home
  const product_data = { name: description.slice(0, MAX_NAME) }
  const price_data = { currency: currencyOf(attempt), unit_amount: amountOf(amount), product_data }
  return {
    mode: 'payment',
    client_reference_id: paymentId,
    line_items: [{ quantity: 1, price_data }],
    // Otherwise a customer abroad may be shown, and charged, another currency.
    adaptive_pricing: { enabled: false },
    payment_intent_data: {
      ...captureOf(attempt),
      description,
      metadata: metadataOf(attempt),
      ...(attempt.saveMethod && { setup_future_usage: 'off_session' as const }),
    },
    // What is kept belongs to a customer of Stripe's.
    ...(attempt.saveMethod && { customer_creation: 'always' as const }),
    metadata: metadataOf(attempt),
    success_url: returnUrl,
    cancel_url: returnUrl,
    expires_at: secondsOf(createdAt) + PAGE_OPEN_S,
  }
}

/** A charge of a kept method, without its customer. */
export function chargeRequest(
  attempt: ProviderAttempt,
  savedMethodId: string,
  home: string,
): Stripe.PaymentIntentCreateParams {
  const { customer, method } = splitMethod(savedMethodId)
  return {
    amount: amountOf(attempt.amount),
    currency: currencyOf(attempt),
    customer,
    payment_method: method,
    off_session: true,
    confirm: true,
    // Demanded wherever a method of the account could lead elsewhere; nobody follows it.
    return_url: attempt.returnUrl ?? home,
    ...captureOf(attempt),
    description: attempt.description,
    metadata: metadataOf(attempt),
  }
}

export const refundRequest = (
  { idempotenceKey, amount, reason }: ProviderRefundRequest,
  payment_intent: string,
): Stripe.RefundCreateParams => ({
  payment_intent,
  amount: amountOf(amount),
  // Stripe's own `reason` is one of three words, and "fraudulent" blocks the card.
  metadata: { [REFUND_KEY]: idempotenceKey, ...(reason && { adtime_reason: reason.slice(0, MAX_REASON) }) },
})
