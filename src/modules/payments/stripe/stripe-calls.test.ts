import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { startStripeSimulator } from '../../../../test/simulators/stripe/stripe-simulator.js'
import { systemClock } from '../../../kernel/clock.js'
import { newId } from '../../../kernel/ids.js'
import { money } from '../../../kernel/money.js'
import { createLogger } from '../../../platform/observability/logger.js'
import type { ProviderAttempt } from '../payment-provider.js'
import { StripeCalls } from './stripe-calls.js'
import { connectToStripe } from './stripe-connection.js'
import { StripeProvider } from './stripe-provider.js'

const simulator = await startStripeSimulator()
const { url: apiUrl, secretKey, webhookSecret, faults } = simulator
const ANSWER_MS = 1_000
const silent = createLogger('silent')

function adapterAt(url: string, { key = secretKey, log = silent } = {}) {
  const access = { secretKey: key, webhookSecret, apiUrl: url, answerMs: ANSWER_MS }
  const { stripe: connected, close } = connectToStripe(access)
  return {
    adapter: new StripeProvider(new StripeCalls(connected, log), webhookSecret, 'https://adtime.test', systemClock),
    close,
  }
}

const { adapter: stripe, close } = adapterAt(apiUrl)

afterAll(async () => {
  await close()
  await simulator.close()
})
afterEach(() => faults.clear())

const attempt = (more: Partial<ProviderAttempt> = {}): ProviderAttempt => ({
  paymentId: newId(),
  idempotenceKey: newId(),
  createdAt: new Date(),
  amount: money(10_000n, 'USD'),
  description: 'Order 1',
  returnUrl: null,
  capture: true,
  receipt: null,
  saveMethod: false,
  savedMethodId: null,
  ...more,
})

const nameOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: Error) => error.name,
  )

describe('calls', () => {
  it('end after their limit, though the answer drips in without an end', async () => {
    const dripping = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      const drops = setInterval(() => response.write(' '), 50)
      response.once('close', () => clearInterval(drops))
    })
    await new Promise<void>((resolve) => {
      dripping.listen(0, '127.0.0.1', resolve)
    })
    const slow = adapterAt(`http://127.0.0.1:${(dripping.address() as AddressInfo).port}`)
    const began = Date.now()
    expect(await nameOf(slow.adapter.create(attempt()))).not.toMatch(/^(done|ProviderRefusal)$/)
    expect(Date.now() - began).toBeLessThan(4 * ANSWER_MS)
    await slow.close()
    dripping.closeAllConnections()
    dripping.close()
  })

  it('that meet one another under one key end with one payment', async () => {
    const wanted = attempt()
    faults.slowMs = 300
    faults.next('slow', { on: 'POST /v1/checkout/sessions' })
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => nameOf(stripe.create(wanted))))
    expect(outcomes).toContain('done')
    expect(outcomes).not.toContain('ProviderRefusal')
    expect(simulator.paymentsOf(wanted.idempotenceKey)).toHaveLength(1)
  })

  it('keep connections for those that follow, and let go of them at the end', async () => {
    const answering = createServer((_request, response) => response.writeHead(404).end('{"error":{}}'))
    await new Promise<void>((resolve) => {
      answering.listen(0, '127.0.0.1', resolve)
    })
    const { adapter, close: end } = adapterAt(`http://127.0.0.1:${(answering.address() as AddressInfo).port}`)
    for (let call = 0; call < 3; call++) expect(await nameOf(adapter.read('cs_1'))).toBe('ProviderRefusal')
    const connections = () =>
      new Promise<number>((resolve) => answering.getConnections((_error, count) => resolve(count)))
    expect(await connections()).toBeGreaterThan(0)
    await end()
    await expect.poll(connections).toBe(0)
    answering.close()
  })

  it('that cannot connect are no refusal', async () => {
    const nobody = adapterAt('http://127.0.0.1:9')
    expect(await nameOf(nobody.adapter.create(attempt()))).not.toMatch(/^(done|ProviderRefusal)$/)
    await nobody.close()
  })

  it('tell Stripe nothing of the machine, its language or its speed', async () => {
    await stripe.create(attempt())
    await stripe.create(attempt())
    const headers: IncomingHttpHeaders = simulator.calls.at(-1)?.headers ?? {}
    expect(Object.keys(headers).filter((name) => name.startsWith('x-stripe'))).toEqual([])
    expect(headers['user-agent'] ?? '').not.toMatch(/node.*bindings|stripe|agent\//i)
    expect(headers['stripe-version']).toMatch(/^\d{4}-\d{2}-\d{2}/)
  })

  it('with a key that Stripe does not accept are a fault of ours: no refusal, and in the log', async () => {
    const said: unknown[] = []
    const heard = { error: (...line: unknown[]) => void said.push(line) } as typeof silent
    const wrong = adapterAt(apiUrl, { key: 'sk_test_wrong', log: heard })
    expect(await nameOf(wrong.adapter.create(attempt()))).not.toMatch(/^(done|ProviderRefusal)$/)
    expect(JSON.stringify(said)).toContain('STRIPE_SECRET_KEY')
    expect(JSON.stringify(said)).not.toContain('sk_test_wrong')
    await wrong.close()
  })
})
