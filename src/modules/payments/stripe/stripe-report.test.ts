import type { Stripe } from 'stripe'
import { expect, it } from 'vitest'
import { chargeReport, pageReport, refundReport } from './stripe-report.js'

const intent = (status: string): Stripe.PaymentIntent =>
  ({ id: 'pi_1', status, amount: 100, amount_received: 100, currency: 'usd', metadata: {} }) as Stripe.PaymentIntent
const page = (status: string, payment_intent: Stripe.PaymentIntent | null, currency = 'usd') =>
  ({ id: 'cs_1', status, payment_intent, amount_total: 100, currency, expires_at: 1 }) as Stripe.Checkout.Session

it.each([
  ['open', null, 'PENDING'],
  ['open', 'requires_payment_method', 'PENDING'],
  ['open', 'requires_action', 'PENDING'],
  ['open', 'canceled', 'PENDING'],
  ['open', 'succeeded', 'SUCCEEDED'],
  ['complete', 'processing', 'PENDING'],
  ['complete', 'requires_action', 'PENDING'],
  ['complete', 'requires_capture', 'WAITING_FOR_CAPTURE'],
  ['complete', 'succeeded', 'SUCCEEDED'],
  ['complete', 'requires_payment_method', 'CANCELED'],
  ['complete', 'canceled', 'CANCELED'],
  ['expired', null, 'CANCELED'],
  ['expired', 'canceled', 'CANCELED'],
  ['expired', 'requires_action', 'CANCELED'],
  ['expired', 'processing', 'PENDING'],
  ['expired', 'succeeded', 'SUCCEEDED'],
])('a page that is %s with an intent that is %s is %s', (session, status, reported) => {
  expect(pageReport(page(session, status === null ? null : intent(status))).status).toBe(reported)
})

it.each([
  ['requires_payment_method', 'CANCELED'],
  ['requires_action', 'CANCELED'],
  ['requires_capture', 'WAITING_FOR_CAPTURE'],
  ['processing', 'PENDING'],
  ['succeeded', 'SUCCEEDED'],
  ['canceled', 'CANCELED'],
])('a charge without a page that is %s is %s', (status, reported) => {
  expect(chargeReport(intent(status)).status).toBe(reported)
})

it('a status, a currency or an amount that we do not know is no answer', () => {
  expect(() => chargeReport(intent('half_paid'))).toThrow('unknown status')
  expect(() => pageReport(page('complete', intent('half_paid')))).toThrow('unknown status')
  expect(() => pageReport(page('open', null, 'jpy'))).toThrow('jpy')
  expect(() => refundReport({ id: 're_1', status: 'lost' } as Stripe.Refund)).toThrow('unknown status')
})
