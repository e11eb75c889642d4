import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { startStripeSimulator } from '../../../../test/simulators/stripe/stripe-simulator.js'
import { newId } from '../../../kernel/ids.js'
import { money } from '../../../kernel/money.js'
import { createLogger } from '../../../platform/observability/logger.js'
import type { ProviderAttempt } from '../payment-provider.js'
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

/** What an attempt with a hold has come to when its customer has paid. */
async function held(): Promise<string> {
  const { id } = await stripe.create(attempt({ capture: false }))
  simulator.pay(id)
  return id
}

const nameOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: Error) => error.name,
  )

describe('a page to pay at', () => {
  it('can be read before anybody has opened it', async () => {
    const wanted = attempt()
    const { id } = await stripe.create(wanted)
    expect(await stripe.read(id)).toEqual({
      id,
      attemptKey: wanted.idempotenceKey,
      status: 'PENDING',
      amount: money(10_000n, 'USD'),
      confirmationUrl: expect.stringContaining(id),
      expiresAt: new Date(Math.floor(wanted.createdAt.getTime() / 1_000) * 1_000 + 3_600_000),
      reason: null,
      savedMethodId: null,
    })
  })

  it('leads back to AdTime when the attempt names no place', async () => {
    const { id } = await stripe.create(attempt())
    expect(simulator.sessions.read(id)).toMatchObject({
      success_url: 'https://adtime.test',
      cancel_url: 'https://adtime.test',
    })
  })

  it('asked for again within half an hour is the same one, to the byte', async () => {
    const wanted = attempt()
    const first = await stripe.create(wanted)
    offset = 29 * 60_000
    expect(await stripe.create(wanted)).toEqual(first)
    expect(simulator.paymentsOf(wanted.idempotenceKey)).toHaveLength(1)
  })

  it('for an attempt that is too old to have one is refused, and not made', async () => {
    const wanted = attempt()
    offset = 31 * 60_000
    expect(await nameOf(stripe.create(wanted))).toBe('ProviderRefusal')
    expect(simulator.paymentsOf(wanted.idempotenceKey)).toEqual([])
  })

  it('whose answer was lost is found by our key, and none is made by looking', async () => {
    const wanted = attempt()
    expect(await stripe.find(wanted)).toBeNull()
    const opened = await stripe.create(wanted)
    await stripe.create(attempt())
    expect(await stripe.find(wanted)).toEqual(opened)
    expect(simulator.paymentsOf(wanted.idempotenceKey)).toHaveLength(1)
  })

  it('with another amount under the same key is refused', async () => {
    const wanted = attempt()
    await stripe.create(wanted)
    expect(await nameOf(stripe.create({ ...wanted, amount: money(9_000n, 'USD') }))).toBe('ProviderRefusal')
  })

  it.each([
    [money(49n, 'USD'), 'too small for Stripe'],
    [money(100_000_000n, 'USD'), 'too large for it'],
  ])('over %o is refused: %s', async (amount) => {
    expect(await nameOf(stripe.create(attempt({ amount })))).toBe('ProviderRefusal')
  })

  it.each(['USD', 'EUR', 'RUB'] as const)('takes %s in its smallest unit', async (currency) => {
    const { id } = await stripe.create(attempt({ amount: money(12_345n, currency) }))
    simulator.pay(id)
    expect(await stripe.read(id)).toMatchObject({ status: 'SUCCEEDED', amount: money(12_345n, currency) })
  })
})

describe('what becomes of a page', () => {
  it.each([
    ['paid', 'SUCCEEDED', (id: string) => simulator.pay(id)],
    ['declined, and waits for another card', 'PENDING', (id: string) => simulator.decline(id)],
    ['waiting for the bank to confirm', 'PENDING', (id: string) => simulator.sessions.ask(id)],
    ['to be paid with a voucher', 'PENDING', (id: string) => simulator.sessions.promise(id)],
    ['paid by a slow transfer', 'PENDING', (id: string) => simulator.sessions.process(id)],
    ['out of time', 'CANCELED', (id: string) => simulator.expire(id)],
  ])('%s: %s', async (_what, status, act) => {
    const { id } = await stripe.create(attempt())
    act(id)
    expect((await stripe.read(id)).status).toBe(status)
  })

  it('a slow transfer that arrives is SUCCEEDED, one that does not is CANCELED', async () => {
    const [first, second] = await Promise.all([stripe.create(attempt()), stripe.create(attempt())])
    for (const { id } of [first, second]) simulator.sessions.process(id)
    simulator.sessions.settle(first.id, true)
    simulator.sessions.settle(second.id, false)
    expect((await stripe.read(first.id)).status).toBe('SUCCEEDED')
    expect(await stripe.read(second.id)).toMatchObject({ status: 'CANCELED', reason: 'Your card was declined.' })
  })

  it('its time runs out by itself', async () => {
    const { id } = await stripe.create(attempt())
    offset = 61 * 60_000
    expect(await stripe.read(id)).toMatchObject({ status: 'CANCELED', reason: 'The time to pay ran out.' })
  })

  it('a webhook about the intent finds the page', async () => {
    const { id } = await stripe.create(attempt())
    simulator.pay(id)
    const intent = simulator.sessions.read(id).payment_intent ?? ''
    expect(await stripe.read(intent)).toEqual(await stripe.read(id))
  })

  it('one that Stripe does not know is refused', async () => {
    expect(await nameOf(stripe.read('cs_test_unknown'))).toBe('ProviderRefusal')
    expect(await nameOf(stripe.read('pi_unknown'))).toBe('ProviderRefusal')
  })
})

describe('giving up', () => {
  it('an open page is CANCELED, and nobody can pay at it; a repeat changes nothing', async () => {
    const { id } = await stripe.create(attempt())
    simulator.decline(id)
    expect((await stripe.cancel(id)).status).toBe('CANCELED')
    expect((await stripe.cancel(id)).status).toBe('CANCELED')
    expect(() => simulator.pay(id)).toThrow('nobody can pay')
  })

  it('leaves what is paid as it is', async () => {
    const { id } = await stripe.create(attempt())
    simulator.pay(id)
    expect((await stripe.cancel(id)).status).toBe('SUCCEEDED')
  })

  it('lets go of money that is held', async () => {
    const id = await held()
    expect((await stripe.cancel(id)).status).toBe('CANCELED')
    expect((await stripe.capture(id, money(10_000n, 'USD'))).status).toBe('CANCELED')
  })

  it.each(['process', 'promise'] as const)('cannot end what is under way by %s: it stays PENDING', async (way) => {
    const { id } = await stripe.create(attempt())
    simulator.sessions[way](id)
    expect((await stripe.cancel(id)).status).toBe('PENDING')
    simulator.sessions.settle(id, true)
    expect((await stripe.cancel(id)).status).toBe('SUCCEEDED')
  })

  it('loses the race against a customer without harm', async () => {
    const { id } = await stripe.create(attempt())
    faults.slowMs = 200
    faults.next('slow', { on: `GET /v1/checkout/sessions/${id}` })
    const canceling = stripe.cancel(id)
    await expect.poll(() => simulator.calls.at(-1)?.url.pathname).toContain(id)
    simulator.pay(id)
    expect((await canceling).status).toBe('SUCCEEDED')
  })
})

describe('a hold', () => {
  it('waits for capture, and is captured once', async () => {
    const id = await held()
    expect((await stripe.read(id)).status).toBe('WAITING_FOR_CAPTURE')
    expect((await stripe.capture(id, money(10_000n, 'USD'))).status).toBe('SUCCEEDED')
    expect(await stripe.capture(id, money(10_000n, 'USD'))).toMatchObject({
      status: 'SUCCEEDED',
      amount: money(10_000n, 'USD'),
    })
  })

  it('more than is held is refused', async () => {
    const id = await held()
    expect(await nameOf(stripe.capture(id, money(10_001n, 'USD')))).toBe('ProviderRefusal')
    expect((await stripe.read(id)).status).toBe('WAITING_FOR_CAPTURE')
  })

  it.each(['error-applied', 'error-not-applied', 'dropped-applied', 'rate-limited'] as const)(
    'whose capture met %s is captured by a repeat',
    async (fault) => {
      const id = await held()
      faults.next(fault, { on: 'POST /v1/payment_intents', times: 2 })
      await stripe.capture(id, money(10_000n, 'USD')).catch(() => undefined)
      faults.clear()
      expect((await stripe.capture(id, money(10_000n, 'USD'))).status).toBe('SUCCEEDED')
    },
  )
})
