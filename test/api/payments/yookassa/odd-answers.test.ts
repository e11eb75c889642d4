import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, describe, expect, it } from 'vitest'
import { openPaymentShop } from '../payment-shop.js'

let answer: (response: ServerResponse) => unknown = (response) => response.end()
let calls = 0
const server = createServer((request, response) => {
  calls += 1
  request.resume().once('end', () => answer(response))
})
await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const said: object[] = []
const shop = await openPaymentShop({
  withWorker: false,
  env: {
    // Without a slash at its end, as people write it.
    YOOKASSA_API_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v3`,
    YOOKASSA_SHOP_ID: '1',
    YOOKASSA_SECRET_KEY: 'hush-hush',
  },
  adjust: (config) => ({ ...config, yookassa: config.yookassa && { ...config.yookassa, answerMs: 500 } }),
})
shop.platform.log.error = ((line: object) => void said.push(line)) as never
const customer = await shop.openAccount()

const say = (how: typeof answer) => {
  answer = how
}
const json = (status: number, body: unknown, text = JSON.stringify(body)) =>
  say((response) => response.writeHead(status, { 'content-type': 'application/json' }).end(text))
const payment = {
  id: '2d9f5a6c-000f-5000-8000-1c1c1c1c1c1c',
  status: 'pending',
  amount: { value: '100.00', currency: 'RUB' },
  confirmation: { type: 'redirect', confirmation_url: 'https://yookassa.example/pay' },
}

async function outcome() {
  const order = await shop.placeOrder(customer, 10_000n)
  const code = await shop.pay(customer, order).then(
    () => 'ok',
    (error: { code?: string }) => error.code ?? String(error),
  )
  const row = await shop.platform.database.prisma.payment.findFirstOrThrow({ where: { referenceId: order.id } })
  return { code, status: row.status, providerPaymentId: row.providerPaymentId }
}

const UNKNOWN = { code: 'PROVIDER_UNAVAILABLE', status: 'PENDING', providerPaymentId: null }

describe('an answer that says nothing for certain leaves the attempt to be repeated', () => {
  it.each<[string, () => void]>([
    ['202, still at work', () => json(202, { type: 'processing', retry_after: 1_800 })],
    ['no JSON', () => json(200, null, '<html>Bad gateway</html>')],
    ['JSON that is cut off', () => json(200, null, '{"id":"2d9f')],
    ['a status of tomorrow', () => json(200, { ...payment, status: 'on_the_moon' })],
    ['no id', () => json(200, { ...payment, id: undefined })],
    ['an id that leads elsewhere', () => json(200, { ...payment, id: '../refunds' })],
    ['an amount as a number', () => json(200, { ...payment, amount: { value: 100, currency: 'RUB' } })],
    ['an amount with three decimals', () => json(200, { ...payment, amount: { value: '100.000', currency: 'RUB' } })],
    [
      'a page that is no page',
      () => json(200, { ...payment, confirmation: { confirmation_url: 'javascript:alert(1)' } }),
    ],
    ['two megabytes', () => json(200, { ...payment, metadata: { text: 'x'.repeat(2 * 1024 * 1024) } })],
    ['a redirect', () => json(302, {})],
    ['405', () => json(405, {})],
    ['415', () => json(415, {})],
    ['429', () => json(429, { type: 'error', code: 'too_many_requests' })],
    ['502 from something in between', () => json(502, null, 'Bad gateway')],
    [
      'our key, used for something else',
      () => json(400, { description: 'Idempotence key duplicated', parameter: 'Idempotence-Key' }),
    ],
    ['nothing at all', () => say(() => undefined)],
    [
      'a beginning and no end',
      () => say((response) => response.writeHead(200, { 'content-length': '999' }).write('{')),
    ],
  ])('%s', async (_what, prepare) => {
    prepare()
    expect(await outcome()).toEqual(UNKNOWN)
  })

  it.each([401, 403])(
    '%d: our own credentials are refused, which is for us to mend, and the log says so',
    async (status) => {
      said.length = 0
      json(status, { type: 'error', code: 'invalid_credentials', description: 'Incorrect password' })
      expect(await outcome()).toEqual(UNKNOWN)
      expect(said).toEqual([{ status, said: 'invalid_credentials: Incorrect password' }])
    },
  )
})

describe('an answer that is certain', () => {
  it('400 is a no, in their words', async () => {
    json(400, { type: 'error', code: 'invalid_request', description: 'Receipt is required', parameter: 'receipt' })
    expect(await outcome()).toEqual({ code: 'PAYMENT_FAILED', status: 'CANCELED', providerPaymentId: null })
  })

  it('may have fields of tomorrow, and lack what we can do without', async () => {
    json(200, { ...payment, id: '2d9f5a6c-000f-5000-8000-000000000001', moon: 'full', metadata: 7, payment_method: {} })
    expect(await outcome()).toMatchObject({ code: 'ok', status: 'PENDING' })
  })

  it('of another amount than was asked for is never taken for paid', async () => {
    const id = '2d9f5a6c-000f-5000-8000-000000000002'
    json(200, { ...payment, id, status: 'succeeded', amount: { value: '1.00', currency: 'RUB' } })
    expect((await outcome()).status).toBe('PENDING')
  })
})

it('one that cannot be reached is asked once a call, not again and again', async () => {
  json(500, {})
  const before = calls
  await outcome()
  expect(calls - before).toBe(1)
})
