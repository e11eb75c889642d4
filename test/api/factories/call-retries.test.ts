import { afterAll, describe, expect, it, vi } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { openAccount } from '../../testkit/account.js'
import { type CalledFactory, openCallDesk, RETRY, ROTATE, soon } from './call-desk.js'

vi.setConfig({ testTimeout: 90_000 })

const HOUR = 60 * 60_000
let ahead = 0
const clock = { now: () => new Date(Date.now() + ahead) }
const desk = await openCallDesk({ clock })
const { orders, admin } = desk
const opened: CalledFactory[] = []
afterAll(() => Promise.all(opened.map(({ endpoint }) => endpoint.close())))

async function open(): Promise<CalledFactory> {
  const factory = await desk.openFactory()
  opened.push(factory)
  return factory
}

describe('a call that is not taken', () => {
  it('is made again under the same id and with links of that hour, until it is', async () => {
    const { id, endpoint } = await open()
    endpoint.next(
      { status: 500 },
      'reset',
      { status: 404 },
      { status: 302, headers: { location: `${endpoint.url}/2` } },
    )
    const order = await orders.placeAndPay({
      lines: [
        {
          generationId: await orders.addGeneration(),
          productType: 'BANNER',
          print: { widthMm: 1_000, heightMm: 500, material: 'Vinyl' },
        },
      ],
    })
    for (const [attempts, error] of [
      [1, 'answered 500'],
      [2, expect.any(String)],
      [3, 'answered 404'],
      [4, 'answered 302'],
    ] as const) {
      await desk.until(id, { status: 'PENDING', attempts, error, processedAt: null })
      ahead = attempts * HOUR
      await desk.hurry()
      await expect.poll(() => endpoint.calls.length, soon).toBe(attempts + 1)
      ahead = 0
    }
    await desk.until(id, { status: 'DELIVERED', attempts: 5, error: null })
    const calls = endpoint.about(order.id)
    expect(calls).toHaveLength(5)
    expect(new Set(calls.map((call) => call.id)).size).toBe(1)
    expect(new Set(calls.map((call) => call.timestamp)).size).toBe(1)
    expect(new Set(calls.map(({ data }) => data.lines[0].files[0].url)).size).toBe(5)
    for (const call of calls) expect(endpoint.isSignedBy(call, endpoint.secret)).toBe(true)
  })

  it('waits longer each time', async () => {
    const { id, endpoint } = await open()
    endpoint.next({ status: 500 }, { status: 500 }, { status: 500 })
    await orders.placeAndPay()
    for (const [attempts, most] of [
      [1, 6],
      [2, 24],
      [3, 96],
    ] as const) {
      const call = await desk.until(id, { status: 'PENDING', attempts })
      const wait = await desk.wait(call.id)
      expect(wait).toBeLessThanOrEqual(most)
      if (attempts > 1) expect(wait).toBeGreaterThan(most / 8)
      await desk.hurry()
    }
    await desk.until(id, { status: 'DELIVERED' })
  })

  it('is given up after 3 days, and staff have it made again', async () => {
    const { id, endpoint } = await open()
    endpoint.next({ status: 500 }, { status: 500 }, { status: 500 })
    await orders.placeAndPay()
    await desk.until(id, { attempts: 1 })
    await desk.pass(71)
    await desk.hurry()
    await desk.until(id, { status: 'PENDING', attempts: 2 })
    await desk.pass(1)
    await desk.hurry()
    const call = await desk.until(id, { status: 'FAILED', attempts: 3, error: 'answered 500' })
    expect(await desk.wait(call.id)).toBeNaN()

    const manager = await openAccount(orders.server, 'MANAGER')
    expect(await manager.client.get(RETRY, { id: call.id })).toMatchObject({
      retryWebhookDelivery: { id: call.id },
    })
    await desk.until(id, { id: call.id, status: 'DELIVERED', attempts: 4 })
    expect(await manager.client.codeOf(RETRY, { id: call.id })).toBe('INVALID_TRANSITION')
    expect(new Set(endpoint.calls.map((one) => one.id))).toEqual(new Set([call.id]))
    const deed = { actorId: manager.id, action: 'webhook.retry', subjectId: call.id }
    expect(await desk.prisma.auditEntry.count({ where: deed })).toBe(1)
  })

  it.each([
    ['429 with seconds', 429, () => '7200', 7_200],
    ['503 with a date', 503, () => new Date(clock.now().getTime() + 2 * HOUR).toUTCString(), 7_200],
    ['429 with a year', 429, () => '31536000', 86_400],
    ['500, whose Retry-After means nothing', 500, () => '7200', 5],
  ])('is made again when it was asked to: %s', async (_what, status, retryAfter, seconds) => {
    const { id, endpoint } = await open()
    endpoint.next({ status, headers: { 'retry-after': retryAfter() } })
    await orders.placeAndPay()
    const call = await desk.until(id, { attempts: 1 })
    const wait = await desk.wait(call.id)
    expect(wait).toBeLessThanOrEqual(seconds * 1.2)
    if (status !== 500) expect(wait).toBeGreaterThan(seconds - 60)
  })
})

it('an endpoint that is gone is not called again until it is given anew', async () => {
  const { id, endpoint } = await open()
  endpoint.next({ status: 410 })
  await orders.placeAndPay()
  const gone = await desk.until(id, { status: 'FAILED', attempts: 1 })
  expect(gone.error).toContain('410')
  expect(await admin.client.codeOf(RETRY, { id: gone.id })).toBe('CONFLICT')
  await orders.placeAndPay()
  expect(await desk.log(id)).toHaveLength(1)
  expect(await desk.prisma.auditEntry.count({ where: { action: 'factory.webhook-off', subjectId: id } })).toBe(1)

  await desk.upsert({ webhookUrl: endpoint.url }, id)
  await admin.client.get(RETRY, { id: gone.id })
  await desk.until(id, { status: 'DELIVERED' })
})

it('a factory that asks for a pause, or does not answer, gets it from all its calls, until staff want one made', async () => {
  const { id, endpoint } = await open()
  endpoint.next({ status: 429, headers: { 'retry-after': '7200' } })
  await orders.placeAndPay()
  await desk.until(id, { attempts: 1 })
  const { id: orderId } = await orders.placeAndPay()
  const other = await desk.until(id, { attempts: 0 })
  await expect.poll(() => desk.wait(other.id), soon).toBeGreaterThan(7_000)
  expect(await desk.wait(other.id)).toBeLessThan(7_300)
  expect(endpoint.calls).toHaveLength(1)

  endpoint.next('reset')
  const before = new Date()
  await admin.client.get(RETRY, { id: other.id })
  await desk.until(id, { id: other.id, attempts: 1 })
  expect(endpoint.calls.at(-1)).toMatchObject({ data: { orderId } })
  const { callsPausedUntil } = await desk.prisma.factory.findUniqueOrThrow({ where: { id } })
  expect(callsPausedUntil?.getTime()).toBeGreaterThan(before.getTime())
  expect(callsPausedUntil?.getTime()).toBeLessThan(Date.now() + 61_000)
})

it('a call or a factory that does not exist is NOT_FOUND', async () => {
  expect(await admin.client.codeOf(RETRY, { id: newId() })).toBe('NOT_FOUND')
  expect(await admin.client.codeOf(ROTATE, { factoryId: newId() })).toBe('NOT_FOUND')
})

it('a call that this server cannot make at all is given up in the end, and says so', async () => {
  const { id } = await open()
  await desk.prisma.factory.update({ where: { id }, data: { callsPausedUntil: new Date(Date.now() + HOUR) } })
  await orders.placeAndPay()
  const call = await desk.until(id, { status: 'PENDING' })
  await expect.poll(() => desk.wait(call.id), soon).toBeGreaterThan(60)
  const broken = { secret: new Uint8Array([9]) }
  await desk.prisma.factoryWebhookSecret.updateMany({ where: { factoryId: id }, data: broken })
  await desk.prisma.$executeRaw`
    update graphile_worker._private_jobs set max_attempts = 1 where key = ${`call-factory:${call.id}`}`
  await desk.hurry()
  await desk.until(id, { status: 'FAILED', error: 'it could not be made; see the server log' })
})

describe('a secret', () => {
  it('goes on signing for a day beside the next one', async () => {
    const { id, endpoint } = await open()
    const { secret: former } = endpoint
    const next = await desk.rotate(id)
    expect(next).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    await orders.placeAndPay()
    await expect.poll(() => endpoint.calls.length, soon).toBe(1)
    await desk.pass(25)
    await orders.placeAndPay()
    await expect.poll(() => endpoint.calls.length, soon).toBe(2)

    const signedBy = endpoint.calls.map((call) => [former, next].map((secret) => endpoint.isSignedBy(call, secret)))
    expect(signedBy).toEqual([
      [true, true],
      [false, true],
    ])
    expect(String(endpoint.calls[1]?.headers['webhook-signature']).split(' ')).toHaveLength(1)
  })

  it('is nowhere to be read, and not rotated away before its factory could take the next', async () => {
    const { id, endpoint } = await open()
    const codes = []
    for (let rotated = 0; rotated < 4; rotated++) codes.push(await admin.client.codeOf(ROTATE, { factoryId: id }))
    expect(codes).toEqual(['ok', 'ok', 'ok', 'CONFLICT'])
    const rows = await desk.prisma.factoryWebhookSecret.findMany({ where: { factoryId: id } })
    const deeds = await desk.prisma.auditEntry.findMany({ where: { subjectId: id } })
    expect(rows.length).toBe(5)
    const stored = rows.map(({ secret }) => Buffer.from(secret).toString('latin1')).join() + JSON.stringify(deeds)
    expect(stored).not.toContain(endpoint.secret.slice('whsec_'.length, -1))
    expect(deeds.filter(({ action }) => action === 'factory.rotate-webhook-secret')).toHaveLength(4)
    await orders.placeAndPay()
    await expect.poll(() => endpoint.calls.length, soon).toBe(1)
    expect(endpoint.isSignedBy(endpoint.calls[0] as never, endpoint.secret)).toBe(true)
  })
})

it('calls are forgotten after 30 days, and secrets when they sign no more', async () => {
  const { id } = await open()
  await orders.placeAndPay()
  await desk.until(id, { status: 'DELIVERED' })
  const prune = () => desk.prisma.$executeRaw`select graphile_worker.add_job('prune-factory-calls', '{}'::json)`
  const secrets = () => desk.prisma.factoryWebhookSecret.count({ where: { factoryId: id } })
  expect(await secrets()).toBe(2)
  await desk.pass(29 * 24)
  await prune()
  await expect.poll(secrets, soon).toBe(1)
  expect(await desk.log(id)).toHaveLength(1)
  await desk.pass(2 * 24)
  await prune()
  await expect.poll(() => desk.log(id), soon).toEqual([])
})
