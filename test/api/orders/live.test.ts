import { afterEach, describe, expect, it } from 'vitest'
import { openAccount, type TestAccount } from '../../testkit/account.js'
import { TestClient, type TestSubscription } from '../../testkit/client.js'
import { ADVANCE, CANCEL, COMPLETE, type LiveEvent, MY_ORDERS_LIVE, ORDER_LIVE, SHIP } from './operations.js'
import { openOrderDesk } from './order-desk.js'

type OrderEvents = { readonly orderStatusChanged: LiveEvent }
type MyEvents = { readonly myOrdersChanged: LiveEvent }

const desk = await openOrderDesk()
const factoryId = await desk.addFactory({ capacity: 100 })
const factory = await desk.staffOf(factoryId)
const open: TestSubscription<unknown>[] = []

afterEach(async () => {
  await Promise.all(open.splice(0).map((subscription) => subscription.close()))
})

const follow = ({ client }: Pick<TestAccount, 'client'>, orderId: string, after?: string) => {
  const subscription = client.subscribe<OrderEvents, object>(ORDER_LIVE, { orderId, ...(after && { after }) })
  open.push(subscription)
  return subscription
}
const followMine = ({ client }: Pick<TestAccount, 'client'>, after?: string) => {
  const subscription = client.subscribe<MyEvents, object>(MY_ORDERS_LIVE, { ...(after && { after }) })
  open.push(subscription)
  return subscription
}
/** Until the subscription is surely open: its server answers in order, and this asks it. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 300))

describe('orderStatusChanged', () => {
  it('delivers all that came after a cursor, once and in order, stored and live, exactly as the history has it', async () => {
    const { id, lastEventCursor } = await desk.place()
    await desk.pay(id)
    await desk.until(id, ({ status }) => status === 'PRODUCTION')
    const events = follow(desk.customer, id, lastEventCursor)
    await events.until((received) => received.length === 4)
    await factory.client.get(ADVANCE, { orderId: id, stage: 'IN_PROGRESS' })
    await factory.client.get(SHIP, { orderId: id })
    await desk.customer.client.get(COMPLETE, { id })
    const received = await events.until((all) => all.at(-1)?.orderStatusChanged.toStatus === 'COMPLETED')
    const { history, lastEventCursor: end } = await desk.see(id)
    expect(received.map(({ orderStatusChanged: { cursor, type } }) => [cursor, type])).toEqual(
      history.slice(1).map(({ cursor, type }) => [cursor, type]),
    )
    expect(received.at(-1)?.orderStatusChanged.cursor).toBe(end)
    const resumed = follow(desk.customer, id, history[3]?.cursor)
    expect((await resumed.until((all) => all.length === history.length - 4))[0]?.orderStatusChanged.cursor).toBe(
      history[4]?.cursor,
    )
  })

  it('ends with an error when an event cannot be read, and nothing is missing after its last cursor', async () => {
    const { id, lastEventCursor } = await desk.place()
    const FACES = /* GraphQL */ `
      subscription OrderFaces($orderId: UUID!) {
        orderStatusChanged(orderId: $orderId) { actor { avatar { id } } }
      }`
    const events = desk.customer.client.subscribe(FACES, { orderId: id })
    open.push(events)
    await settle()
    await desk.prisma.$executeRaw`alter table assets rename to assets_away`
    try {
      await desk.customer.client.get(CANCEL, { id })
      expect((await events.failure()).extensions.code).toBe('INTERNAL_SERVER_ERROR')
      expect(events.isOver).toBe(true)
    } finally {
      await desk.prisma.$executeRaw`alter table assets_away rename to assets`
    }
    const [missed] = await follow(desk.customer, id, lastEventCursor).until((all) => all.length === 1)
    expect(missed?.orderStatusChanged).toMatchObject({ toStatus: 'CANCELLED' })
  })

  it('starts now when no cursor is given', async () => {
    const { id } = await desk.place()
    const events = follow(desk.customer, id)
    await settle()
    await desk.customer.client.get(CANCEL, { id })
    const [first] = await events.until((all) => all.length === 1)
    expect(first?.orderStatusChanged).toMatchObject({
      fromStatus: 'CREATED',
      toStatus: 'CANCELLED',
      order: { id, status: 'CANCELLED' },
    })
  })

  it('is refused to whom the order is hidden, and with cursors of other streams', async () => {
    const mine = await desk.place()
    const other = await desk.place()
    const code = async (subscription: TestSubscription<unknown>) => (await subscription.failure()).extensions.code
    expect(await code(follow(await openAccount(desk.server), mine.id))).toBe('NOT_FOUND')
    expect(await code(follow({ client: new TestClient(desk.server) }, mine.id))).toBe('UNAUTHENTICATED')
    expect(await code(follow(desk.customer, mine.id, other.lastEventCursor))).toBe('BAD_USER_INPUT')
    expect(await code(follow(desk.customer, mine.id, `${mine.lastEventCursor.slice(0, -2)}AA`))).toBe('BAD_USER_INPUT')
    expect(await code(followMine(desk.customer, mine.lastEventCursor))).toBe('BAD_USER_INPUT')
  })

  it('ends before the first event that the viewer may no longer see', async () => {
    const staff = await openAccount(desk.server, 'MANAGER')
    const { id, lastEventCursor } = await desk.place()
    const events = follow(staff, id, lastEventCursor)
    await settle()
    await desk.prisma.user.update({ where: { id: staff.id }, data: { role: 'USER' } })
    await desk.customer.client.get(CANCEL, { id })
    expect((await events.failure()).extensions.code).toBe('NOT_FOUND')
    expect(events.received).toEqual([])
  })
})

describe('myOrdersChanged', () => {
  it('brings a customer the events of all own orders, and resumes by its own cursors', async () => {
    const buyer = await openAccount(desk.server)
    const events = followMine(buyer)
    await settle()
    const first = await desk.place({}, buyer)
    const second = await desk.place({}, buyer)
    await desk.place()
    await buyer.client.get(CANCEL, { id: first.id })
    const received = await events.until((all) => all.length === 3)
    expect(received.map(({ myOrdersChanged: { order, type } }) => [order.id, type])).toEqual([
      [first.id, 'CREATED'],
      [second.id, 'CREATED'],
      [first.id, 'STATUS_CHANGED'],
    ])
    const resumed = followMine(buyer, received[0]?.myOrdersChanged.cursor)
    const again = await resumed.until((all) => all.length === 2)
    expect(again.map(({ myOrdersChanged }) => myOrdersChanged.cursor)).toEqual(
      received.slice(1).map(({ myOrdersChanged }) => myOrdersChanged.cursor),
    )
  })

  it('brings a factory the orders assigned to it', async () => {
    const events = followMine(factory)
    await settle()
    const { id } = await desk.placeAndPay()
    const received = await events.until((all) => all.length >= 2)
    expect(received.slice(0, 2).map(({ myOrdersChanged: { order, type } }) => [order.id, type])).toEqual([
      [id, 'STATUS_CHANGED'],
      [id, 'FACTORY_ASSIGNED'],
    ])
  })
})
