import { afterAll, expect, it } from 'vitest'
import { openAccount } from '../../testkit/account.js'
import { TestClient } from '../../testkit/client.js'
import { startTestServer } from '../../testkit/server.js'
import { ADVANCE, ASSIGN, CANCEL, PAY, SHIP } from './operations.js'
import { OrderDesk, openOrderDesk } from './order-desk.js'

const desk = await openOrderDesk()
const second = await startTestServer({ databaseUrl: desk.server.databaseUrl })
const replicas = [desk.server, second]
const manager = await openAccount(desk.server, 'MANAGER')
const capacities = [3, 5, 7]
const ids: string[] = []
for (const capacity of capacities) ids.push(await desk.addFactory({ capacity }))
const places = capacities.reduce((sum, capacity) => sum + capacity, 0)

// Written by the database itself at every change, so that no moment goes unseen.
await desk.prisma.$executeRaw`create table seen_loads (factory_id uuid, load int, capacity int)`
await desk.prisma.$executeRaw`
  create function see_load() returns trigger language plpgsql as $$
    begin insert into seen_loads values (new.id, new.current_load, new.capacity); return null; end $$`
await desk.prisma.$executeRaw`
  create trigger see_load after update of current_load on factories for each row execute function see_load()`
afterAll(() => desk.prisma.$executeRaw`drop table seen_loads cascade`)

/** The same account at each replica in turn. */
const at = (turn: number, token: string | null) => new TestClient(replicas[turn % 2] ?? desk.server, token)
const counts = async () => {
  const [factories, orders] = [
    await desk.prisma.factory.findMany({ where: { id: { in: ids } } }),
    await desk.prisma.order.groupBy({ by: ['factoryId'], where: { status: 'PRODUCTION' }, _count: true }),
  ]
  return ids.map((id) => ({
    load: factories.find((factory) => factory.id === id)?.currentLoad,
    // What has FAILED keeps its place until it is taken away.
    orders: orders.find(({ factoryId }) => factoryId === id)?._count ?? 0,
  }))
}
const waiting = () => desk.prisma.order.count({ where: { status: 'PAID' } })
const atFactories = () => desk.prisma.order.count({ where: { status: 'PRODUCTION' } })

it('fifty orders paid at the same moment at two servers never fill a factory over its capacity, and leave no place empty', {
  timeout: 120_000,
}, async () => {
  const placed = await Promise.all(Array.from({ length: 50 }, () => desk.place()))
  const payments = await Promise.all(
    placed.map(async ({ id }, turn) => {
      const client = at(turn, desk.customer.client.token)
      const { payOrder } = await client.get<{ payOrder: { confirmationUrl: string } }>(PAY, { input: { orderId: id } })
      return payOrder.confirmationUrl
    }),
  )
  await Promise.all(payments.map((url) => desk.checkout(url)))
  await expect.poll(atFactories, { timeout: 60_000 }).toBe(places)
  await expect.poll(waiting, { timeout: 60_000 }).toBe(50 - places)
  expect(await counts()).toEqual(capacities.map((capacity) => ({ load: capacity, orders: capacity })))
})

it('while orders are shipped, cancelled, failed and moved at once, the load is what is there, and whoever waits moves up', {
  timeout: 120_000,
}, async () => {
  for (let round = 0; round < 3; round++) {
    const printing = await desk.prisma.order.findMany({ where: { status: 'PRODUCTION' }, select: { id: true } })
    await Promise.all(
      printing.map(async ({ id: orderId }, turn) => {
        const [one, other] = [at(turn, manager.client.token), at(turn + 1, manager.client.token)]
        if (turn % 4 === 0) return Promise.all([one.ask(SHIP, { orderId }), other.ask(SHIP, { orderId })])
        if (turn % 4 === 1) return Promise.all([one.ask(CANCEL, { id: orderId }), other.ask(SHIP, { orderId })])
        await one.ask(ADVANCE, { orderId, stage: 'FAILED' })
        if (turn % 4 === 2) return Promise.all([one.ask(ASSIGN, { orderId }), other.ask(ASSIGN, { orderId })])
        return Promise.all([other.ask(CANCEL, { id: orderId }), one.ask(ASSIGN, { orderId })])
      }),
    )
  }
  // Nothing moves any more once as many are at work as can be.
  await expect
    .poll(async () => (await waiting()) === 0 || (await atFactories()) === places, { timeout: 60_000 })
    .toBe(true)
  for (const { load, orders } of await counts()) expect(load).toBe(orders)
  const over = await desk.prisma.$queryRaw`select * from seen_loads where load > capacity or load < 0`
  expect(over).toEqual([])
  const [seen] = await desk.prisma.$queryRaw<{ count: bigint }[]>`select count(*) from seen_loads where load = capacity`
  expect(Number(seen?.count)).toBeGreaterThan(0)
})

it('the database itself refuses a load over the capacity', async () => {
  const [id] = ids
  await expect(
    desk.prisma.$executeRaw`update factories set current_load = capacity + 1 where id = ${id}::uuid`,
  ).rejects.toThrow('factories_current_load_check')
})

it('an automatic step that two servers take at the same moment is taken once', { timeout: 60_000 }, async () => {
  const other = new OrderDesk(second, desk.designer, desk.customer)
  const old = await Promise.all(Array.from({ length: 20 }, () => desk.place()))
  const orderIds = old.map(({ id }) => id)
  await desk.prisma.order.updateMany({
    where: { id: { in: orderIds } },
    data: { createdAt: new Date(Date.now() - 25 * 3_600_000) },
  })
  const add = ({ prisma }: OrderDesk, n: number) =>
    prisma.$queryRaw`select graphile_worker.add_job('cancel-unpaid-orders', job_key => ${`at-once-${n}`})::text`
  await Promise.all(Array.from({ length: 8 }, (_, n) => add(n % 2 ? other : desk, n)))
  const open = () => desk.prisma.order.count({ where: { id: { in: orderIds }, status: 'CREATED' } })
  await expect.poll(open, { timeout: 30_000 }).toBe(0)
  const events = await desk.prisma.orderEvent.groupBy({
    by: ['orderId'],
    where: { orderId: { in: orderIds }, toStatus: 'CANCELLED', type: 'STATUS_CHANGED' },
    _count: true,
  })
  expect(events.map(({ _count }) => _count)).toEqual(Array(20).fill(1))
})
