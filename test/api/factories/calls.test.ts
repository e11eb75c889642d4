import { afterAll, expect, it, vi } from 'vitest'
import { openAccount } from '../../testkit/account.js'
import { startTestServer } from '../../testkit/server.js'
import { drawn } from '../generations/drawing.js'
import { ADVANCE, ASSIGN, CANCEL, SET_DEADLINE } from '../orders/operations.js'
import { address, print } from '../orders/order-desk.js'
import { type CalledFactory, openCallDesk, soon } from './call-desk.js'

vi.setConfig({ testTimeout: 90_000 })

let ahead = 0
const clock = { now: () => new Date(Date.now() + ahead) }
const desk = await openCallDesk({ clock })
const { orders } = desk
const manager = await openAccount(orders.server, 'MANAGER')
const opened: CalledFactory[] = []
afterAll(() => Promise.all(opened.map(({ endpoint }) => endpoint.close())))

async function open(): Promise<CalledFactory> {
  const factory = await desk.openFactory()
  opened.push(factory)
  return factory
}

it('a paid order reaches its factory in a signed call, whose links download the print files, and the factory answers with its key', async () => {
  const { id: factoryId, endpoint, program } = await open()
  const { id: generationId } = await drawn(orders.customer.client)
  const lines = [{ generationId, productType: 'BANNER', quantity: 2, print: { ...print, finish: 'Matte' } }]
  const order = await orders.placeAndPay({ lines, note: 'Mind the corners' })
  await expect.poll(() => endpoint.calls.length, soon).toBe(1)

  const [call] = endpoint.calls
  if (!call) throw new Error('there is no call')
  expect(endpoint.verifies(call)).toBe(true)
  expect(endpoint.verifies({ ...call, body: call.body.replace('Tver', 'Omsk') })).toBe(false)
  expect(call.type).toBe('order.assigned')
  expect(call.data).toMatchObject({
    orderId: order.id,
    orderNumber: order.number,
    deadline: expect.stringMatching(/^\d{4}-.*Z$/),
    note: 'Mind the corners',
    deliveryAddress: address,
    lines: [{ productType: 'BANNER', quantity: 2, print: { ...print, finish: 'Matte', colorProfile: 'CMYK' } }],
  })
  expect(JSON.stringify(call.data)).not.toMatch(/price|amount|email/i)

  const [file] = call.data.lines[0].files
  expect(Date.parse(file.expiresAt) - Date.now()).toBeGreaterThan(59 * 60_000)
  const download = await fetch(file.url)
  expect(download.status).toBe(200)
  expect((await download.arrayBuffer()).byteLength).toBe(file.byteSize)

  const variables = { orderId: call.data.orderId, stage: 'IN_PROGRESS' }
  expect(await program.get(ADVANCE, variables)).toMatchObject({ advanceProduction: { productionStage: 'IN_PROGRESS' } })
  expect(await desk.until(factoryId, { status: 'DELIVERED' })).toMatchObject({
    eventId: call.id,
    eventType: 'order.assigned',
    attempts: 1,
    error: null,
  })

  const { nodes } = await desk.wholeLog()
  expect(new Set(nodes.map(({ direction }) => direction))).toEqual(new Set(['IN', 'OUT']))
  expect(nodes).toEqual(nodes.toSorted((left, right) => (left.receivedAt < right.receivedAt ? 1 : -1)))

  ahead = 2 * 60 * 60_000
  const late = await fetch(file.url)
  await late.arrayBuffer()
  ahead = 0
  expect(late.status).toBe(410)
})

it('a factory that loses an order is told so without its work, gets no links to it, and the next one has all of it', async () => {
  const first = await open()
  const order = await orders.placeAndPay()
  await expect.poll(() => first.endpoint.calls.length, soon).toBe(1)
  const second = await open()
  await first.program.get(ADVANCE, { orderId: order.id, stage: 'FAILED' })
  await manager.client.get(ASSIGN, { orderId: order.id, factoryId: second.id })
  await expect.poll(() => [first.endpoint.calls.length, second.endpoint.calls.length], soon).toEqual([2, 1])

  const [, withdrawn] = first.endpoint.calls
  expect(withdrawn).toMatchObject({ type: 'order.withdrawn' })
  expect(withdrawn?.data).toEqual({ orderId: order.id, orderNumber: order.number })
  expect(second.endpoint.calls[0]).toMatchObject({ type: 'order.assigned', data: { deliveryAddress: address } })
  const links = 'query LinksOfLostOrder($id: UUID!) { order(id: $id) { lines { files { url } } } }'
  expect(await first.program.codeOf(links, { id: order.id })).toBe('NOT_FOUND')
  expect(await second.program.codeOf(links, { id: order.id })).toBe('ok')

  await manager.client.get(CANCEL, { id: order.id })
  await expect.poll(() => second.endpoint.calls.length, soon).toBe(2)
  expect(second.endpoint.calls[1]).toMatchObject({ type: 'order.cancelled' })
  expect(second.endpoint.calls[1]?.data).toEqual({ orderId: order.id, orderNumber: order.number })
  expect(first.endpoint.calls).toHaveLength(2)
})

it('a deadline that staff move is told with the whole work, one that stays is not', async () => {
  const { endpoint } = await open()
  const { id: orderId } = await orders.placeAndPay()
  const deadline = new Date(Date.now() + 20 * 24 * 60 * 60_000).toISOString()
  for (let times = 0; times < 2; times++) await manager.client.get(SET_DEADLINE, { orderId, deadline })
  await expect.poll(() => endpoint.calls.length, soon).toBe(2)
  expect(endpoint.calls[1]).toMatchObject({
    type: 'order.deadline_changed',
    data: { orderId, deadline, deliveryAddress: address, lines: [{ quantity: 1 }] },
  })
  expect(await desk.prisma.factoryCall.count({ where: { subjectId: orderId } })).toBe(2)
})

it('what is no longer true when a call comes to its next try is not told', async () => {
  const first = await open()
  first.endpoint.next('reset')
  const order = await orders.placeAndPay()
  const { id } = await desk.until(first.id, { status: 'PENDING', attempts: 1 })
  const second = await open()
  await first.program.get(ADVANCE, { orderId: order.id, stage: 'FAILED' })
  await manager.client.get(ASSIGN, { orderId: order.id, factoryId: second.id })
  await desk.until(first.id, { eventType: 'order.withdrawn', status: 'DELIVERED' })
  await desk.hurry()
  await expect
    .poll(async () => (await desk.log(first.id)).find((call) => call.id === id), soon)
    .toMatchObject({ status: 'IGNORED', error: 'it was no longer true' })
  expect(first.endpoint.calls.map(({ type }) => type)).toEqual(['order.assigned', 'order.withdrawn'])
})

it('a factory without a URL is not called, nor is one for whom null was given', async () => {
  const { id, endpoint } = await open()
  await desk.upsert({ webhookUrl: null }, id)
  await orders.placeAndPay()
  expect(await desk.log(id)).toEqual([])
  await desk.upsert({ webhookUrl: endpoint.url }, id)
  await desk.upsert({}, id)
  await orders.placeAndPay()
  await expect.poll(() => endpoint.calls.length, soon).toBe(1)
})

it('an order that is not assigned after all leaves no call behind', async () => {
  const { id } = await open()
  const order = await orders.place()
  await desk.prisma.factory.update({ where: { id }, data: { isActive: false } })
  await orders.pay(order.id)
  await orders.until(order.id, ({ status }) => status === 'PAID')
  expect(await manager.client.codeOf(ASSIGN, { orderId: order.id, factoryId: id })).toBe('CONFLICT')
  expect(await desk.log(id)).toEqual([])
})

it('a factory that hangs holds up no other, however much there is to tell it', async () => {
  const slow = await open()
  slow.endpoint.next(...Array<'hang'>(6).fill('hang'))
  for (let placed = 0; placed < 6; placed++) await orders.placeAndPay()
  await expect.poll(() => slow.endpoint.calls.length, soon).toBe(1)
  const quick = await open()
  await orders.placeAndPay()
  await expect.poll(() => quick.endpoint.calls.length, soon).toBe(1)
  expect(slow.endpoint.calls).toHaveLength(1)
  await desk.upsert({ webhookUrl: null, isActive: false }, slow.id)
  slow.endpoint.hangUp()
  await expect
    .poll(async () => (await desk.log(slow.id)).filter(({ status }) => status === 'IGNORED').length, soon)
    .toBeGreaterThanOrEqual(5)
})

it('two replicas make every call once', async () => {
  const { id, endpoint } = await open()
  const env = { PRIVATE_WEBHOOK_URLS: 'allow' }
  const replica = await startTestServer({ databaseUrl: orders.server.databaseUrl, env })
  try {
    const placed: string[] = []
    for (let count = 0; count < 10; count++) {
      const order = await orders.place()
      await orders.pay(order.id)
      placed.push(order.id)
    }
    await expect
      .poll(async () => (await desk.log(id)).filter(({ status }) => status === 'DELIVERED').length, {
        timeout: 60_000,
        interval: 200,
      })
      .toBe(placed.length)
    expect(endpoint.calls.map(({ data }) => data.orderId).sort()).toEqual(placed.sort())
  } finally {
    await replica.close()
  }
})
