import { afterEach, beforeEach, expect, it } from 'vitest'
import { openAccount, type TestAccount } from '../../testkit/account.js'
import type { TestSubscription } from '../../testkit/client.js'
import { eventsOf, toldTo, untilTold } from '../notifications/told.js'
import { ADVANCE, ASSIGN, type LiveEvent, MY_ORDERS_LIVE, ORDER, ORDERS, SHIP } from './operations.js'
import { openOrderDesk } from './order-desk.js'

type MyEvents = { readonly myOrdersChanged: LiveEvent }

const desk = await openOrderDesk()
const manager = await openAccount(desk.server, 'MANAGER')
const open: TestSubscription<MyEvents>[] = []

beforeEach(() => desk.closeFactories())
afterEach(async () => {
  await Promise.all(open.splice(0).map((subscription) => subscription.close()))
})

/** Everything that ever happened at the factory: its first cursor is taken before its first order. */
const follow = async ({ client }: TestAccount, after?: string) => {
  const subscription = client.subscribe<MyEvents, object>(MY_ORDERS_LIVE, { ...(after && { after }) })
  open.push(subscription)
  await new Promise((resolve) => setTimeout(resolve, 300))
  return subscription
}
const heard = ({ received }: TestSubscription<MyEvents>, id: string) =>
  received.filter(({ myOrdersChanged: { order } }) => order.id === id).map(({ myOrdersChanged: { type } }) => type)
const loadOf = async (id: string) => (await desk.prisma.factory.findUniqueOrThrow({ where: { id } })).currentLoad

it('an order that failed begins anew at another factory, and for the first it does not exist any more', async () => {
  const [first, second] = [await desk.addFactory({ rating: 5 }), await desk.addFactory({ rating: 4 })]
  await desk.prisma.factory.update({ where: { id: second }, data: { leadTimeDays: 9 } })
  const [old, next] = [await desk.staffOf(first), await desk.staffOf(second)]
  const [atOld, atNext] = [await follow(old), await follow(next)]

  const { id } = await desk.placeAndPay({ factoryId: first })
  await old.client.get(ADVANCE, { orderId: id, stage: 'FAILED', note: 'The printer broke' })
  expect(await next.client.codeOf(ORDER, { id })).toBe('NOT_FOUND')
  await manager.client.get(ASSIGN, { orderId: id })

  const moved = await desk.see(id, next)
  expect(moved).toMatchObject({ status: 'PRODUCTION', productionStage: 'QUEUED', factory: { id: second } })
  const days = (Date.parse(moved.productionDeadline ?? '') - Date.now()) / 86_400_000
  expect(days).toBeGreaterThan(8.9)
  expect(days).toBeLessThan(9.1)
  expect([await loadOf(first), await loadOf(second)]).toEqual([0, 1])

  expect(await old.client.codeOf(ORDER, { id })).toBe('NOT_FOUND')
  expect(await old.client.codeOf(SHIP, { orderId: id })).toBe('NOT_FOUND')
  expect(await old.client.get(ORDERS)).toMatchObject({ orders: { nodes: [], totalCount: 0 } })

  expect((await untilTold(old, 'order.withdrawn')).order).toBeNull()
  expect(eventsOf(await toldTo(next))).toEqual(['order.assigned'])

  await next.client.get(SHIP, { orderId: id })
  const other = await desk.placeAndPay({ factoryId: first })
  await atOld.until((all) => all.filter(({ myOrdersChanged: { order } }) => order.id === other.id).length === 2)
  await atNext.until((all) => all.some(({ myOrdersChanged: { toStatus } }) => toStatus === 'SHIPPED'))
  expect(heard(atOld, id)).toEqual(['STATUS_CHANGED', 'FACTORY_ASSIGNED', 'PRODUCTION_STAGE_CHANGED'])
  expect(heard(atNext, id)).toEqual(['FACTORY_ASSIGNED', 'STATUS_CHANGED'])

  const again = await follow(old, atOld.received[0]?.myOrdersChanged.cursor)
  await again.until((all) => all.filter(({ myOrdersChanged: { order } }) => order.id === other.id).length === 2)
  expect(heard(again, id)).toEqual([])
})

it('an order that failed stays where it is as long as no other factory is free', async () => {
  const [failing, full] = [await desk.addFactory({ rating: 5 }), await desk.addFactory({ capacity: 1 })]
  const waiting = await desk.placeAndPay({ factoryId: full })
  const { id } = await desk.placeAndPay({ factoryId: failing })
  const staff = await desk.staffOf(failing)
  await staff.client.get(ADVANCE, { orderId: id, stage: 'FAILED' })
  for (const factoryId of [undefined, full])
    expect(await manager.client.codeOf(ASSIGN, { orderId: id, factoryId })).toBe('CONFLICT')
  expect(await desk.see(id, staff)).toMatchObject({ productionStage: 'FAILED', factory: { id: failing } })
  expect([await loadOf(failing), await loadOf(full)]).toEqual([1, 1])

  await (await desk.staffOf(full)).client.get(SHIP, { orderId: waiting.id })
  await manager.client.get(ASSIGN, { orderId: id })
  expect([await loadOf(failing), await loadOf(full)]).toEqual([0, 1])
})
