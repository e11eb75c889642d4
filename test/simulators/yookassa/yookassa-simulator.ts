import { type Clock, systemClock } from '../../../src/kernel/clock.js'
import { Deliveries } from '../deliveries.js'
import { Faults } from '../faults.js'
import type { ProviderSimulator } from '../provider-simulator.js'
import { SeededRandom } from '../seeded-random.js'
import { type Call, serveSimulator } from '../simulator-server.js'
import { confirmationPage, confirmationPath } from './confirmation-page.js'
import { IdempotenceLayer } from './idempotence-layer.js'
import { YooKassaApi, type YooKassaBooks } from './yookassa-api.js'
import type { YooKassaWorld } from './yookassa-objects.js'
import { YooKassaPayments } from './yookassa-payments.js'
import { trouble } from './yookassa-problem.js'
import { YooKassaRefunds } from './yookassa-refunds.js'

export interface YooKassaSimulatorOptions {
  readonly seed?: number
  readonly port?: number
  readonly clock?: Clock
  readonly shopId?: string
  readonly secretKey?: string
}

export interface YooKassaSimulator extends ProviderSimulator, YooKassaBooks {
  readonly shopId: string
  readonly secretKey: string
  /** What the API was asked, oldest first. */
  readonly calls: readonly Call[]
  /** The environment of a server that is to use it. */
  readonly env: Readonly<Record<string, string>>
}

const CALLS_KEPT = 10_000

/** YooKassa over real HTTP, as far as the adapter uses it: everything by chance comes from the seed. */
export async function startYooKassaSimulator(options: YooKassaSimulatorOptions = {}): Promise<YooKassaSimulator> {
  const { seed = 1, port, clock = systemClock, shopId = '100500', secretKey = 'test_simulated' } = options
  const calls: Call[] = []
  let origin = ''
  // There is no signature: notifications are known by where they come from.
  const deliveries = new Deliveries(new SeededRandom(seed + 1), () => ({}))
  const world: YooKassaWorld = {
    clock,
    random: new SeededRandom(seed),
    happened(event, object) {
      const body = JSON.stringify({ type: 'notification', event, object })
      deliveries.add({ id: `${event}:${object.id}`, type: event, body })
    },
  }
  const payments = new YooKassaPayments(world, (id) => `${origin}${confirmationPath(id)}`, shopId)
  const refunds = new YooKassaRefunds(world, payments)
  const credentials = `Basic ${Buffer.from(`${shopId}:${secretKey}`).toString('base64')}`
  const api = new YooKassaApi({ payments, refunds }, new IdempotenceLayer(clock), credentials)
  const faults = new Faults(new SeededRandom(seed + 2), [
    'error-applied',
    'error-not-applied',
    'dropped-applied',
    'dropped-not-applied',
    'rate-limited',
  ])

  const server = await serveSimulator({
    port,
    apiPath: '/v3/',
    faults,
    trouble,
    handle(call) {
      if (!call.url.pathname.startsWith('/v3/')) return confirmationPage(payments, call)
      calls.push(call)
      if (calls.length > CALLS_KEPT) calls.shift()
      return api.answer(call)
    },
  })
  origin = server.url
  const url = `${origin}/v3/`
  return {
    url,
    shopId,
    secretKey,
    calls,
    faults,
    deliveries,
    payments,
    refunds,
    env: {
      YOOKASSA_API_URL: url,
      YOOKASSA_SHOP_ID: shopId,
      YOOKASSA_SECRET_KEY: secretKey,
      YOOKASSA_ALLOWED_ADDRESSES: '127.0.0.1,::1',
    },
    pay: (id) => payments.pay(id),
    decline: (id) => payments.decline(id),
    expire: (id) => payments.expire(id),
    paymentsOf: (attemptKey) =>
      [...payments.all.values()]
        .filter(({ metadata }) => Object.values(metadata).includes(attemptKey))
        .map(({ id, status }) => ({ id, isPaid: status === 'succeeded' })),
    refundedOf: (id) => refunds.givenOf(id),
    async close() {
      await deliveries.close()
      await server.close()
    },
  }
}
