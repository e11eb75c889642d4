import type { Stripe } from 'stripe'
import { Currency } from '../../../generated/prisma/enums.js'
import { type Money, money } from '../../../kernel/money.js'
import type { ProviderPayment, ProviderRefund, ReportedStatus } from '../payment-provider.js'
import { methodId } from './stripe-method.js'
import { ATTEMPT_KEY } from './stripe-request.js'

/** What an intent alone says. Null: the customer has yet to do something, so it depends on whether there is still a page to do it at. */
const BY_INTENT: Readonly<Record<string, ReportedStatus | null>> = {
  succeeded: 'SUCCEEDED',
  requires_capture: 'WAITING_FOR_CAPTURE',
  processing: 'PENDING',
  canceled: 'CANCELED',
  requires_action: null,
  requires_confirmation: null,
  requires_payment_method: null,
}

/** A payment at a page: a Checkout Session, and the PaymentIntent that appears with the first try to pay. */
export function pageReport(session: Stripe.Checkout.Session): ProviderPayment {
  const { id, metadata, url, amount_total, currency, expires_at } = session
  const intent = intentOf(session)
  const status = pageStatus(session, intent)
  const lapsed = session.status === 'expired' ? 'The time to pay ran out.' : null
  return {
    id,
    attemptKey: metadata?.[ATTEMPT_KEY] ?? null,
    status,
    amount: status === 'SUCCEEDED' && intent ? received(intent) : moneyOf(amount_total, currency),
    confirmationUrl: url,
    expiresAt: new Date(expires_at * 1_000),
    reason: status === 'CANCELED' ? (intent?.last_payment_error?.message ?? lapsed ?? reasonOf(intent)) : null,
    savedMethodId: intent?.setup_future_usage === 'off_session' ? keptMethod(intent) : null,
  }
}

/** A charge without a page: whatever its customer would have to do is left undone. */
export function chargeReport(intent: Stripe.PaymentIntent): ProviderPayment {
  const status = byIntent(intent) ?? 'CANCELED'
  return {
    id: intent.id,
    attemptKey: intent.metadata[ATTEMPT_KEY] ?? null,
    status,
    amount: status === 'SUCCEEDED' ? received(intent) : moneyOf(intent.amount, intent.currency),
    confirmationUrl: null,
    expiresAt: null,
    reason: status === 'CANCELED' ? (intent.last_payment_error?.message ?? reasonOf(intent)) : null,
    savedMethodId: keptMethod(intent),
  }
}

/** A refund that waits for its customer is on its way. One of a status that we do not know is no answer. */
export function refundReport({ id, status }: Stripe.Refund): ProviderRefund {
  switch (status) {
    case 'succeeded':
      return { id, status: 'SUCCEEDED' }
    case 'pending':
    case 'requires_action':
      return { id, status: 'PENDING' }
    case 'failed':
    case 'canceled':
      return { id, status: 'FAILED' }
    default:
      throw new Error(`Stripe's refund ${id} has the unknown status ${status}`)
  }
}

/** The intent of a session that was read with it. */
export const intentOf = ({ payment_intent }: Stripe.Checkout.Session): Stripe.PaymentIntent | null =>
  typeof payment_intent === 'object' ? payment_intent : null

function pageStatus(session: Stripe.Checkout.Session, intent: Stripe.PaymentIntent | null): ReportedStatus {
  const decided = intent && byIntent(intent)
  // While the page is open the customer may try again, with another card, and so another intent.
  if (session.status === 'open') return decided && decided !== 'CANCELED' ? decided : 'PENDING'
  if (decided) return decided
  // Complete, and yet to be paid: a voucher or a transfer. Complete, and without a method: the bank has said no afterwards.
  const waits = session.status === 'complete' && intent !== null && intent.status !== 'requires_payment_method'
  return waits ? 'PENDING' : 'CANCELED'
}

function byIntent({ id, status }: Stripe.PaymentIntent): ReportedStatus | null {
  const reported = BY_INTENT[status]
  if (reported === undefined) throw new Error(`Stripe's payment ${id} has the unknown status ${status}`)
  return reported
}

const received = ({ amount_received, currency }: Stripe.PaymentIntent): Money => moneyOf(amount_received, currency)

function moneyOf(amount: number | null, code: string | null): Money {
  const currency = Object.values(Currency).find((one) => one.toLowerCase() === code)
  if (amount === null || !currency) throw new Error(`Stripe reports an amount of ${amount} in ${code}`)
  return money(BigInt(amount), currency)
}

function keptMethod({ customer, payment_method, status }: Stripe.PaymentIntent): string | null {
  const isUsed = status === 'succeeded' || status === 'requires_capture'
  return isUsed && customer && payment_method ? methodId(idOf(customer), idOf(payment_method)) : null
}

const idOf = (linked: string | { readonly id: string }): string => (typeof linked === 'string' ? linked : linked.id)

const reasonOf = (intent: Stripe.PaymentIntent | null): string =>
  intent?.cancellation_reason === 'automatic' || intent?.cancellation_reason === 'expired'
    ? 'The hold on the money ran out. Nothing was taken.'
    : 'The payment was canceled before the money was taken.'
