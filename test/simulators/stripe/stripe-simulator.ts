import { Stripe } from 'stripe'
import { type Clock, systemClock } from '../../../src/kernel/clock.js'
import { Deliveries } from '../deliveries.js'
import { Faults } from '../faults.js'
import type { ProviderSimulator, SimulatedPayment } from '../provider-simulator.js'
import { SeededRandom } from '../seeded-random.js'
import { type Answer, type Call, serveSimulator } from '../simulator-server.js'
import { hostedPage } from './hosted-page.js'
import { IdempotencyLayer } from './idempotency-layer.js'
import { StripeApi, type StripeBooks } from './stripe-api.js'
import { StripeIntents } from './stripe-intents.js'
import { newStripeId, type StripeWorld, seconds } from './stripe-objects.js'
import { StripeProblem, trouble } from './stripe-problem.js'
import { StripeRefunds } from './stripe-refunds.js'
import { StripeSessions } from './stripe-sessions.js'

export interface StripeSimulatorOptions {
  readonly seed?: number
  readonly port?: number
  readonly clock?: Clock
  readonly secretKey?: string
  readonly webhookSecret?: string
}

export interface StripeSimulator extends ProviderSimulator, StripeBooks {
  readonly secretKey: string
  readonly webhookSecret: string
  /** What the API was asked, oldest first. */
  readonly calls: readonly Call[]
  /** The header that proves a body, as Stripe would send it at `at`. */
  sign(body: string, options?: { readonly at?: Date; readonly secret?: string }): string
}

const CALLS_KEPT = 10_000

/** Stripe over real HTTP, as far as the adapter uses it: everything by chance comes from the seed. */
export async function startStripeSimulator(options: StripeSimulatorOptions = {}): Promise<StripeSimulator> {
  const { seed = 1, port, clock = systemClock } = options
  const { secretKey = 'sk_test_simulated', webhookSecret = 'whsec_simulated' } = options
  const random = new SeededRandom(seed)
  const calls: Call[] = []
  let url = ''

  const sign: StripeSimulator['sign'] = (payload, { at = clock.now(), secret = webhookSecret } = {}) =>
    Stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp: Math.floor(at.getTime() / 1_000) })
  const deliveries = new Deliveries(new SeededRandom(seed + 1), (body) => ({ 'stripe-signature': sign(body) }))
  const world: StripeWorld = {
    clock,
    random,
    happened(type, object) {
      const id = newStripeId(world, 'evt')
      const event = { id, object: 'event', api_version: Stripe.API_VERSION, created: seconds(world), livemode: false }
      deliveries.add({ id, type, body: JSON.stringify({ ...event, pending_webhooks: 1, type, data: { object } }) })
    },
  }
  const intents = new StripeIntents(world)
  const sessions = new StripeSessions(world, intents, () => url)
  const refunds = new StripeRefunds(world, intents)
  const api = new StripeApi({ sessions, intents, refunds })
  const idempotency = new IdempotencyLayer(clock)
  const faults = new Faults(new SeededRandom(seed + 2), [
    'error-applied',
    'error-not-applied',
    'dropped-applied',
    'dropped-not-applied',
    'rate-limited',
  ])

  const handle = (call: Call): Answer => {
    if (!call.url.pathname.startsWith('/v1/')) return hostedPage(sessions, call)
    calls.push(call)
    if (calls.length > CALLS_KEPT) calls.shift()
    const headers = { 'request-id': newStripeId(world, 'req'), 'stripe-version': Stripe.API_VERSION }
    try {
      if (call.headers.authorization !== `Bearer ${secretKey}`)
        throw new StripeProblem(401, 'invalid_request_error', 'Invalid API Key provided', {}, false)
      const answer = idempotency.run(call, () => api.answer(call))
      return { ...answer, headers: { ...answer.headers, ...headers } }
    } catch (error) {
      if (!(error instanceof StripeProblem)) throw error
      return { ...error.answer, headers }
    }
  }
  const server = await serveSimulator({ port, apiPath: '/v1/', faults, handle, trouble })
  url = server.url

  const intentOf = (id: string): string => (id.startsWith('pi_') ? id : (sessions.read(id).payment_intent ?? ''))
  return {
    url,
    secretKey,
    webhookSecret,
    calls,
    faults,
    deliveries,
    sessions,
    intents,
    refunds,
    sign,
    pay: (id) => sessions.pay(id),
    decline: (id) => sessions.decline(id),
    expire: (id) => void sessions.expire(id),
    paymentsOf: (attemptKey) => paymentsOf({ sessions, intents, refunds }, attemptKey),
    refundedOf: (id) => refunds.givenOf(intentOf(id)),
    async close() {
      await deliveries.close()
      await server.close()
    },
  }
}

/** Sessions, and intents that were charged without one. */
function paymentsOf({ sessions, intents }: StripeBooks, attemptKey: string): SimulatedPayment[] {
  const isFor = ({ metadata }: { metadata: Record<string, string> | null }) =>
    Object.values(metadata ?? {}).includes(attemptKey)
  const opened = [...sessions.all.values()].filter(isFor)
  const fromPages = new Set(opened.map(({ payment_intent }) => payment_intent))
  const charged = [...intents.all.values()].filter((intent) => isFor(intent) && !fromPages.has(intent.id))
  return [
    ...opened.map(({ id, payment_intent }) => ({
      id,
      isPaid: payment_intent !== null && intents.read(payment_intent).status === 'succeeded',
    })),
    ...charged.map(({ id, status }) => ({ id, isPaid: status === 'succeeded' })),
  ]
}
