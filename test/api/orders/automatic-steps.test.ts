import { expect, it } from 'vitest'
import { addDays } from '../../../src/kernel/clock.js'
import { openAccount } from '../../testkit/account.js'
import { startTestServer } from '../../testkit/server.js'
import { ADVANCE, CANCEL, SHIP } from './operations.js'
import { OrderDesk, openOrderDesk } from './order-desk.js'

// One clock for both replicas, which a test puts forward. Rows are looked at, since tokens do not live for days.
let ahead = 0
const clock = { now: () => addDays(new Date(), ahead) }
const desk = await openOrderDesk({ clock })
const second = new OrderDesk(
  await startTestServer({ clock, databaseUrl: desk.server.databaseUrl }),
  desk.designer,
  desk.customer,
)
const factoryId = await desk.addFactory({ capacity: 20 })
const factory = await desk.staffOf(factoryId)
const manager = await openAccount(desk.server, 'MANAGER')

/** The job six times at once, taken by whichever replica is free. */
const runAtOnce = async (task: string) => {
  const add = ({ prisma }: OrderDesk, turn: number) =>
    prisma.$queryRaw`select graphile_worker.add_job(${task}, job_key => ${`${task}-${turn}`})::text`
  await Promise.all(Array.from({ length: 6 }, (_, turn) => add(turn % 2 ? second : desk, turn)))
  const left = () => desk.prisma.$queryRaw<object[]>`select id from graphile_worker.jobs where key like ${`${task}-%`}`
  await expect.poll(left, { timeout: 30_000 }).toEqual([])
}
/** Runs it `days` from now. */
const runAhead = async (task: string, days: number) => {
  ahead = days
  try {
    await runAtOnce(task)
  } finally {
    ahead = 0
  }
}
const stepsTo = async (orderIds: string[], toStatus: 'CANCELLED' | 'COMPLETED' | 'PRODUCTION') => {
  const events = await desk.prisma.orderEvent.findMany({
    where: { orderId: { in: orderIds }, toStatus, type: 'STATUS_CHANGED' },
  })
  return orderIds.map((id) => events.filter(({ orderId }) => orderId === id).length)
}

it('what is unpaid is cancelled after 24 hours and not before, once', { timeout: 60_000 }, async () => {
  const ids = (await Promise.all([1, 2, 3, 4].map(() => desk.place()))).map(({ id }) => id)
  await runAhead('cancel-unpaid-orders', 0.99)
  expect(await stepsTo(ids, 'CANCELLED')).toEqual([0, 0, 0, 0])
  await runAhead('cancel-unpaid-orders', 1.01)
  expect(await stepsTo(ids, 'CANCELLED')).toEqual([1, 1, 1, 1])
})

it('what was shipped is completed after 14 days and not before, once, and is one sale', {
  timeout: 60_000,
}, async () => {
  const itemId = await desk.addItem()
  const print = { widthMm: 1_000, heightMm: 500, material: 'Vinyl 440 g' }
  const ids: string[] = []
  for (let count = 0; count < 3; count++) ids.push((await desk.placeAndPay({ lines: [{ itemId, print }] })).id)
  for (const orderId of ids) await factory.client.get(SHIP, { orderId })
  await runAhead('complete-shipped-orders', 13.99)
  expect(await stepsTo(ids, 'COMPLETED')).toEqual([0, 0, 0])
  await runAhead('complete-shipped-orders', 14.01)
  expect(await stepsTo(ids, 'COMPLETED')).toEqual([1, 1, 1])
  expect((await desk.prisma.marketplaceItem.findUniqueOrThrow({ where: { id: itemId } })).salesCount).toBe(3)
})

it('an order of files is complete as soon as it is paid, however often its payment is told, and gives them out then', {
  timeout: 60_000,
}, async () => {
  const sourceFile = await desk.addGeneration(desk.designer.id)
  const { assetId } = await desk.prisma.generationImage.findFirstOrThrow({ where: { generationId: sourceFile } })
  const { id } = await desk.place({
    lines: [{ itemId: await desk.addItem({ productType: 'DIGITAL', sourceFileId: assetId }) }],
    deliveryAddress: null,
  })
  expect((await desk.see(id)).lines.map(({ files }) => files)).toEqual([[]])
  await Promise.all([desk.pay(id), second.pay(id)])
  const { lines } = await desk.until(id, ({ status }) => status === 'COMPLETED')
  expect(lines.map(({ files }) => files)).toEqual([[{ id: assetId }]])
  expect(await stepsTo([id], 'COMPLETED')).toEqual([1])
})

it('an order that waits for a factory goes to one when a place is free, once', { timeout: 60_000 }, async () => {
  await desk.closeFactories()
  const only = await desk.addFactory({ capacity: 1 })
  const first = await desk.placeAndPay()
  const waiting = (await Promise.all([1, 2, 3].map(() => desk.place()))).map(({ id }) => id)
  for (const id of waiting) {
    await desk.pay(id)
    await desk.until(id, ({ status }) => status === 'PAID')
  }
  await (await desk.staffOf(only)).client.get(ADVANCE, { orderId: first.id, stage: 'FAILED' })
  await runAtOnce('assign-waiting-orders')
  expect(await stepsTo(waiting, 'PRODUCTION')).toEqual([0, 0, 0])

  await manager.client.get(CANCEL, { id: first.id })
  await runAtOnce('assign-waiting-orders')
  await expect
    .poll(async () => (await stepsTo(waiting, 'PRODUCTION')).reduce((sum, count) => sum + count), { timeout: 30_000 })
    .toBe(1)
  expect((await desk.prisma.factory.findUniqueOrThrow({ where: { id: only } })).currentLoad).toBe(1)
})

it('one that cannot be moved does not hold up those behind it', { timeout: 60_000 }, async () => {
  const ids = (await Promise.all([1, 2, 3].map(() => desk.place()))).map(({ id }) => id)
  const [stuck = '', ...others] = ids
  await desk.prisma.order.update({ where: { id: stuck }, data: { createdAt: new Date('2020-01-01T00:00:00Z') } })
  await desk.prisma.$executeRawUnsafe(`
    create function refuse() returns trigger language plpgsql as $$ begin raise 'this order is stuck'; end $$`)
  await desk.prisma.$executeRawUnsafe(`
    create trigger stuck before update on orders for each row when (old.id = '${stuck}') execute function refuse()`)
  ahead = 1.01
  try {
    await desk.prisma.$queryRaw`select graphile_worker.add_job('cancel-unpaid-orders', job_key => 'stuck')::text`
    await expect.poll(() => stepsTo(others, 'CANCELLED'), { timeout: 30_000 }).toEqual([1, 1])
    expect(await stepsTo([stuck], 'CANCELLED')).toEqual([0])
  } finally {
    ahead = 0
    await desk.prisma.$executeRaw`drop function refuse cascade`
  }
})
