import { afterAll, expect, it } from 'vitest'
import { openAccount, type TestAccount } from '../../testkit/account.js'
import type { TestSubscription } from '../../testkit/client.js'
import { Shopper } from './cart-desk.js'
import { ADVANCE, ASSIGN, COMPLETE, MY_ORDERS_LIVE, ORDER, SHIP } from './operations.js'
import { openOrderDesk, print } from './order-desk.js'

interface Heard {
  readonly myOrdersChanged: {
    readonly type: string
    readonly toStatus: string
    readonly order: { readonly id: string }
  }
}

const desk = await openOrderDesk()
const neva = await desk.addFactory({ specializations: ['BANNER', 'STANDEE'], serviceLevel: 5 })
const volga = await desk.addFactory()
const [atNeva, atVolga] = [await desk.staffOf(neva), await desk.staffOf(volga)]
const manager = await openAccount(desk.server, 'MANAGER')

const follow = ({ client }: TestAccount) => client.subscribe<Heard, object>(MY_ORDERS_LIVE, {})
const [byCustomer, byNeva, byVolga] = [follow(desk.customer), follow(atNeva), follow(atVolga)]
afterAll(() => Promise.all([byCustomer, byNeva, byVolga].map((stream) => stream.close())))
await new Promise((resolve) => setTimeout(resolve, 500))

const told = ({ received }: TestSubscription<Heard>, orderId: string) =>
  received
    .map(({ myOrdersChanged }) => myOrdersChanged)
    .filter(({ order }) => order.id === orderId)
    .map(({ type, toStatus }) => (type === 'STATUS_CHANGED' ? toStatus : type))
const isCompleted =
  (...ids: string[]) =>
  (received: readonly Heard[]) =>
    ids.every((id) =>
      received.some(
        ({ myOrdersChanged: { order, type, toStatus } }) =>
          order.id === id && type === 'STATUS_CHANGED' && toStatus === 'COMPLETED',
      ),
    )
const produce = async ({ client }: TestAccount, orderId: string, trackingNumber: string) => {
  for (const stage of ['IN_PROGRESS', 'QUALITY_CHECK', 'READY']) await client.get(ADVANCE, { orderId, stage })
  await client.get(SHIP, { orderId, trackingNumber })
}

it('a cart of two designs and a picture of the own go to two factories, one fails and the other takes over, and each hears its part live', {
  timeout: 60_000,
}, async () => {
  const shopper = new Shopper(desk.customer)
  const standee = { productType: 'STANDEE', priceAmount: 250_000n } as const
  await shopper.set(await desk.addItem(), 2, print)
  await shopper.set(await desk.addItem(standee), 1, { ...print, widthMm: 800, heightMm: 2_000 })
  const { data } = await shopper.checkout({ deadlineDays: 5 })
  const cartOrder = data?.checkoutCart.id ?? ''
  expect(data?.checkoutCart).toMatchObject({ total: { amount: 470_000 }, rushFee: { amount: 20_000 } })
  expect((await shopper.see()).lines).toEqual([])
  const ownPrint = { ...print, widthMm: 6_000, heightMm: 3_000, elements: ['logo', 'phone'] }
  const { id: ownOrder } = await desk.place({
    lines: [{ generationId: await desk.addGeneration(), productType: 'BILLBOARD', print: ownPrint }],
  })

  for (const id of [cartOrder, ownOrder]) {
    await desk.pay(id)
    await desk.until(id, ({ status }) => status === 'PRODUCTION')
  }
  expect((await desk.see(cartOrder)).factory?.id).toBe(neva)
  expect((await desk.see(ownOrder)).factory?.id).toBe(volga)
  expect(await atNeva.client.codeOf(ORDER, { id: ownOrder })).toBe('NOT_FOUND')

  await atNeva.client.get(ADVANCE, { orderId: cartOrder, stage: 'IN_PROGRESS' })
  await atNeva.client.get(ADVANCE, { orderId: cartOrder, stage: 'FAILED', note: 'Сломался плоттер' })
  await manager.client.get(ASSIGN, { orderId: cartOrder })
  expect((await desk.see(cartOrder, atVolga)).lines.map(({ title }) => title)).toHaveLength(2)
  expect(await atNeva.client.codeOf(ORDER, { id: cartOrder })).toBe('NOT_FOUND')

  await produce(atVolga, ownOrder, 'RA1')
  await produce(atVolga, cartOrder, 'RA2')
  for (const id of [ownOrder, cartOrder]) await desk.customer.client.get(COMPLETE, { id })

  await byCustomer.until(isCompleted(cartOrder, ownOrder))
  await byVolga.until(isCompleted(cartOrder, ownOrder))
  const placed = ['CREATED', 'PAID', 'PAYMENT_SUCCEEDED']
  const assigned = ['PRODUCTION', 'FACTORY_ASSIGNED']
  const stage = 'PRODUCTION_STAGE_CHANGED'
  const made = [stage, stage, stage, 'SHIPPED', 'TRACKING_ADDED', 'COMPLETED']
  expect(told(byCustomer, ownOrder)).toEqual([...placed, ...assigned, ...made])
  expect(told(byCustomer, cartOrder)).toEqual([...placed, ...assigned, stage, stage, 'FACTORY_ASSIGNED', ...made])
  expect(told(byNeva, cartOrder)).toEqual([...assigned, stage, stage])
  expect(told(byNeva, ownOrder)).toEqual([])
  expect(told(byVolga, ownOrder)).toEqual([...assigned, ...made])
  expect(told(byVolga, cartOrder)).toEqual(['FACTORY_ASSIGNED', ...made])
  for (const id of [cartOrder, ownOrder])
    expect(
      (await desk.see(id)).history.map(({ type, toStatus }) => (type === 'STATUS_CHANGED' ? toStatus : type)),
    ).toEqual(told(byCustomer, id))
  const factories = await desk.prisma.factory.findMany({ where: { id: { in: [neva, volga] } } })
  expect(factories.map(({ currentLoad }) => currentLoad)).toEqual([0, 0])
})
