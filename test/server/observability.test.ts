import { beforeAll, describe, expect, test, vi } from 'vitest'
import { TestClient } from '../testkit/client.js'
import { createTestDatabase } from '../testkit/database.js'
import { type ServerProcess, spawnServer } from '../testkit/server-process.js'

const PASSWORD = 'Adtime-secret-1'
const EMAIL = 'watched@example.test'
const NAMES = [
  'http_requests_total',
  'http_request_latency_seconds',
  'payment_amounts_rub',
  'payment_errors_total',
  'payment_status_total',
  'order_status_transitions_total',
  'generation_processing_seconds',
]
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/

const ids: string[] = []
let server: ServerProcess
let token: string
let metrics: string

/** The value of the first sample of that name whose labels contain all of these. */
function sample(name: string, labels: Readonly<Record<string, string>> = {}): number {
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`)
  const line = metrics
    .split('\n')
    .find((text) => text.startsWith(name) && wanted.every((label) => text.includes(label)))
  return Number(line?.split(' ').at(-1) ?? Number.NaN)
}

// One customer's way: an account, a drawing, an order for it, paid in the sandbox.
beforeAll(async () => {
  server = await spawnServer({ env: { DATABASE_URL: (await createTestDatabase()).url, LOG_LEVEL: 'debug' } })
  await server.says('Ready at')
  const { register } = await new TestClient(server).get<{
    register: { user: { id: string }; token: { accessToken: string; refreshToken: string } }
  }>(
    'mutation($input: RegisterInput!) { register(input: $input) { user { id } token { accessToken refreshToken } } }',
    {
      input: { email: EMAIL, password: PASSWORD },
    },
  )
  token = register.token.accessToken
  const client = new TestClient(server, token)
  const { createGeneration } = await client.get<{ createGeneration: { id: string } }>(
    'mutation($input: CreateGenerationInput!) { createGeneration(input: $input) { id } }',
    { input: { prompt: 'A lighthouse', style: 'kandinsky', width: 256, height: 256 } },
  )
  const status = async () => {
    const { generation } = await client.get<{ generation: { status: string } }>(
      'query($id: UUID!) { generation(id: $id) { status } }',
      createGeneration,
    )
    return generation.status
  }
  await vi.waitFor(async () => expect(await status()).toBe('COMPLETED'), { timeout: 30_000, interval: 200 })
  const { createOrder } = await client.get<{ createOrder: { id: string } }>(
    'mutation($input: CreateOrderInput!) { createOrder(input: $input) { id } }',
    { input: { lines: [{ generationId: createGeneration.id, productType: 'DIGITAL' }] } },
  )
  const { payOrder } = await client.get<{ payOrder: { confirmationUrl: string } }>(
    'mutation($input: PayOrderInput!) { payOrder(input: $input) { confirmationUrl } }',
    { input: { orderId: createOrder.id, provider: 'SANDBOX' } },
  )
  const page = new URL(payOrder.confirmationUrl)
  await fetch(server.url + page.pathname + page.search, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'action=pay',
    redirect: 'manual',
  })
  const paid = async () => {
    const { order } = await client.get<{ order: { paidAt: string | null } }>(
      'query($id: UUID!) { order(id: $id) { paidAt } }',
      createOrder,
    )
    return order.paidAt
  }
  await vi.waitFor(async () => expect(await paid()).not.toBeNull(), { timeout: 30_000, interval: 200 })
  await client.ask(`query($id: UUID!) { order(id: $id) { id } }`, { id: register.user.id })
  await fetch(`${server.url}/assets/${createOrder.id}`)
  await fetch(`${server.url}/nowhere/${createOrder.id}`)
  ids.push(register.user.id, createGeneration.id, createOrder.id)
  metrics = await (await fetch(`${server.url}/metrics`)).text()
}, 120_000)

describe('/metrics', () => {
  test.each(NAMES)('has %s, as its users know it', (name) => {
    expect(metrics).toMatch(new RegExp(`^# TYPE ${name} (counter|histogram)$`, 'm'))
  })

  test('tells of what has happened', () => {
    expect(sample('http_requests_total', { method: 'POST', route: '/graphql', status: '200' })).toBeGreaterThan(3)
    expect(sample('http_request_latency_seconds_count', { route: '/graphql' })).toBeGreaterThan(3)
    expect(sample('generation_processing_seconds_count')).toBe(1)
    expect(sample('payment_status_total', { provider: 'SANDBOX', status: 'SUCCEEDED' })).toBe(1)
    expect(sample('order_status_transitions_total', { from: 'CREATED', to: 'PAID' })).toBe(1)
    expect(sample('graphql_operations_total', { field: 'payOrder', kind: 'mutation', outcome: 'ok' })).toBe(1)
    expect(sample('graphql_operations_total', { field: 'order', outcome: 'NOT_FOUND' })).toBe(1)
    expect(sample('webhooks_total', { answer: 'stored' })).toBe(1)
    expect(sample('jobs_total', { outcome: 'done' })).toBeGreaterThanOrEqual(1)
  })

  test('counts payments in roubles', () => {
    expect(sample('payment_amounts_rub_sum')).toBe(1_000)
    expect(sample('payment_amounts_rub_bucket', { le: '500' })).toBe(0)
  })

  test('names routes by their templates, and nobody', () => {
    expect(sample('http_requests_total', { route: 'unmatched' })).toBeGreaterThan(0)
    expect(metrics).not.toMatch(UUID)
    expect(metrics).not.toContain(EMAIL)
  })
})

describe('the log', () => {
  test('is a line of JSON for each request, with its id, route and status', async () => {
    const response = await fetch(`${server.url}/health`)
    await response.arrayBuffer()
    const requestId = response.headers.get('x-request-id') ?? 'none'
    await server.says(requestId)
    const line = server.output.split('\n').find((text) => text.includes(requestId)) ?? ''

    expect(JSON.parse(line)).toMatchObject({ level: 'debug', requestId, method: 'GET', route: '/health', status: 200 })
  })

  test('holds no password, token or address of a person', () => {
    for (const secret of [PASSWORD, token, EMAIL]) expect(server.output).not.toContain(secret)
  })
})
