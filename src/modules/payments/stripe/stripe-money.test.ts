import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { startStripeSimulator } from '../../../../test/simulators/stripe/stripe-simulator.js'
import { newId } from '../../../kernel/ids.js'
import { money } from '../../../kernel/money.js'
import { createLogger } from '../../../platform/observability/logger.js'
import type { ProviderAttempt, ProviderRefundRequest } from '../payment-provider.js'
import { StripeCalls } from './stripe-calls.js'
import { connectToStripe } from './stripe-connection.js'
import { StripeProvider } from './stripe-provider.js'

let offset = 0
const clock = { now: () => new Date(Date.now() + offset) }
const simulator = await startStripeSimulator({ clock })
const { url: apiUrl, secretKey, webhookSecret, faults } = simulator
const { stripe: connected, close } = connectToStripe({ secretKey, webhookSecret, apiUrl, answerMs: 5_000 })
const calls = new StripeCalls(connected, createLogger('silent'))
const stripe = new StripeProvider(calls, webhookSecret, 'https://adtime.test', clock)

afterAll(async () => {
  await close()
  await simulator.close()
})
afterEach(() => {
  offset = 0
  faults.clear()
})

const attempt = (more: Partial<ProviderAttempt> = {}): ProviderAttempt => ({
  paymentId: newId(),
  idempotenceKey: newId(),
  createdAt: clock.now(),
  amount: money(10_000n, 'USD'),
  description: 'Order 1',
  returnUrl: null,
  capture: true,
  receipt: null,
  saveMethod: false,
  savedMethodId: null,
  ...more,
})

const refundOf = (providerPaymentId: string, more: Partial<ProviderRefundRequest> = {}): ProviderRefundRequest => ({
  idempotenceKey: newId(),
  providerPaymentId,
  amount: money(4_000n, 'USD'),
  reason: 'A scratch',
  receipt: null,
  ...more,
})

/** A method that Stripe keeps. */
async function savedMethod(): Promise<string> {
  const { id } = await stripe.create(attempt({ saveMethod: true }))
  simulator.pay(id)
  return (await stripe.read(id)).savedMethodId ?? ''
}

const nameOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: Error) => error.name,
  )

describe('a kept method', () => {
  it('is charged without its customer, once for each attempt', async () => {
    const wanted = attempt({ savedMethodId: await savedMethod() })
    const charged = await stripe.create(wanted)
    expect(charged).toMatchObject({
      status: 'SUCCEEDED',
      confirmationUrl: null,
      attemptKey: wanted.idempotenceKey,
      savedMethodId: wanted.savedMethodId,
    })
    expect(await stripe.create(wanted)).toEqual(charged)
    expect(await stripe.read(charged.id)).toEqual(charged)
  })

  it.each(['insufficient_funds', 'authentication_required'])('declined for %s is refused for good', async (code) => {
    const wanted = attempt({ savedMethodId: await savedMethod() })
    simulator.intents.declineNext(code)
    expect(await nameOf(stripe.create(wanted))).toBe('ProviderRefusal')
    expect((await stripe.create(wanted)).status).toBe('CANCELED')
    expect(simulator.paymentsOf(wanted.idempotenceKey)).toMatchObject([{ isPaid: false }])
  })

  it('whose charge never reached Stripe is not charged a day later', async () => {
    const wanted = attempt({ savedMethodId: await savedMethod() })
    offset = 24 * 3_600_000
    expect(await nameOf(stripe.create(wanted))).toBe('ProviderRefusal')
    expect(await stripe.find(wanted)).toBeNull()
    expect(simulator.paymentsOf(wanted.idempotenceKey)).toEqual([])
  })

  it('that Stripe never kept is refused', async () => {
    expect(await nameOf(stripe.create(attempt({ savedMethodId: 'a card' })))).toBe('ProviderRefusal')
    expect(await nameOf(stripe.create(attempt({ savedMethodId: 'cus_1:pm_1' })))).toBe('ProviderRefusal')
  })

  it('is kept only where that was asked for', async () => {
    const { id } = await stripe.create(attempt())
    simulator.pay(id)
    expect((await stripe.read(id)).savedMethodId).toBeNull()
  })

  it.each(['error-applied', 'error-kept', 'dropped-applied'] as const)(
    'charged by a call that met %s is not charged again, not even when the key is forgotten',
    async (fault) => {
      const wanted = attempt({ savedMethodId: await savedMethod() })
      faults.next(fault, { on: 'POST /v1/payment_intents' })
      expect(await nameOf(stripe.create(wanted))).not.toBe('done')
      offset = 25 * 3_600_000
      expect((await stripe.create(wanted)).status).toBe('SUCCEEDED')
      expect(simulator.paymentsOf(wanted.idempotenceKey)).toHaveLength(1)
    },
  )
})

describe('a refund', () => {
  it('is given once for a key, with its reason beside it', async () => {
    const { id } = await stripe.create(attempt())
    simulator.pay(id)
    const request = refundOf(id)
    const given = await stripe.refund(request)
    expect(given.status).toBe('SUCCEEDED')
    expect(await stripe.refund(request)).toEqual(given)
    expect(await stripe.readRefund(given.id)).toEqual(given)
    expect(simulator.refundedOf(id)).toBe(4_000)
    expect(simulator.refunds.read(given.id).metadata).toMatchObject({ adtime_reason: 'A scratch' })
  })

  it('of what nobody paid, and of more than was paid, is refused', async () => {
    const { id } = await stripe.create(attempt())
    expect(await nameOf(stripe.refund(refundOf(id)))).toBe('ProviderRefusal')
    simulator.pay(id)
    expect(await nameOf(stripe.refund(refundOf(id, { amount: money(10_001n, 'USD') })))).toBe('ProviderRefusal')
    expect(simulator.refundedOf(id)).toBe(0)
  })

  it.each([
    ['pending', 'PENDING'],
    ['requires_action', 'PENDING'],
    ['failed', 'FAILED'],
    ['canceled', 'FAILED'],
    ['succeeded', 'SUCCEEDED'],
  ] as const)('that Stripe calls %s is %s', async (said, status) => {
    const { id } = await stripe.create(attempt())
    simulator.pay(id)
    simulator.refunds.beginNext(said)
    const { id: refundId } = await stripe.refund(refundOf(id))
    expect((await stripe.readRefund(refundId)).status).toBe(status)
  })

  it.each(['error-applied', 'error-not-applied', 'error-kept', 'dropped-applied', 'dropped-not-applied'] as const)(
    'whose call met %s is given once, at once or when the key is forgotten',
    async (fault) => {
      const { id } = await stripe.create(attempt())
      simulator.pay(id)
      const request = refundOf(id)
      faults.next(fault, { on: 'POST /v1/refunds', times: 2 })
      await stripe.refund(request).catch(() => undefined)
      faults.clear()
      offset = 25 * 3_600_000
      expect((await stripe.refund(request)).status).toBe('SUCCEEDED')
      expect(simulator.refundedOf(id)).toBe(4_000)
    },
  )
})
