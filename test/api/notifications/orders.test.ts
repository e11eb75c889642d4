import { describe, expect, it } from 'vitest'
import type { OverdueListener } from '../../../src/modules/orders/index.js'
import { inTransaction } from '../../../src/platform/database/transaction.js'
import { openAccount } from '../../testkit/account.js'
import { ADVANCE, CANCEL, COMPLETE, SHIP } from '../orders/operations.js'
import { openOrderDesk } from '../orders/order-desk.js'
import { openRoom } from './bulletin.js'
import { SET_LOCALE } from './operations.js'
import { eventsOf, toldTo, untilTold } from './told.js'

const desk = await openOrderDesk()
const factoryId = await desk.addFactory({ capacity: 100 })
const factory = await desk.staffOf(factoryId)
const manager = await openAccount(desk.server, 'MANAGER')

describe('what people are told of an order', { timeout: 60_000 }, () => {
  it('is each step of its way to its customer, and its assignment to its factory', async () => {
    const customer = await openAccount(desk.server)
    const { id, number } = await desk.place({}, customer)
    await desk.pay(id, 'pay', customer)
    await untilTold(customer, 'order.in-production')
    await factory.client.get(SHIP, { orderId: id, trackingNumber: 'RU-123' })
    await manager.client.get(COMPLETE, { id })
    const told = await toldTo(customer)
    expect(eventsOf(told)).toEqual(['order.paid', 'order.in-production', 'order.shipped', 'order.completed'])
    expect(told.every(({ order, status, type }) => order?.id === id && status === 'UNREAD' && type === 'ORDER')).toBe(
      true,
    )
    // One notification for the shipping and its tracking number together.
    expect(told[2]?.title).toBe(`Заказ ${number} отправлен`)
    expect(told[2]?.body).toContain('RU-123')
    expect(eventsOf(await toldTo(factory))).toEqual(['order.assigned'])
    expect(await toldTo(manager)).toEqual([])
  })

  it('is a failed print to MANAGERs, in their language and with what the factory says, and not to who reported it', async () => {
    await manager.client.get(SET_LOCALE, { locale: 'EN' })
    const { id, number } = await desk.placeAndPay()
    await factory.client.get(ADVANCE, { orderId: id, stage: 'FAILED', note: 'The <plotter> broke' })
    const { title, body } = await untilTold(manager, 'order.stage-failed')
    expect(title).toBe(`The print of order ${number} failed`)
    expect(body).toContain('The <plotter> broke')
    const second = await desk.placeAndPay()
    await manager.client.get(ADVANCE, { orderId: second.id, stage: 'FAILED' })
    expect(eventsOf(await toldTo(manager)).filter((event) => event === 'order.stage-failed')).toHaveLength(1)
  })

  it('is a cancellation to the customer and the factory, unless it is their own', async () => {
    const customer = await openAccount(desk.server)
    const own = await desk.place({}, customer)
    await customer.client.get(CANCEL, { id: own.id })
    expect(await toldTo(customer)).toEqual([])
    const { id } = await desk.place({}, customer)
    await desk.pay(id, 'pay', customer)
    await untilTold(customer, 'order.in-production')
    await manager.client.get(CANCEL, { id, reason: 'Out of vinyl' })
    expect((await untilTold(customer, 'order.cancelled')).body).toContain('«Out of vinyl»')
    expect((await untilTold(factory, 'order.cancelled')).order?.id).toBe(id)
  })

  it('is a payment that failed, with its type', async () => {
    const customer = await openAccount(desk.server)
    const { id } = await desk.place({}, customer)
    await desk.pay(id, 'decline', customer)
    expect(await untilTold(customer, 'payment.failed')).toMatchObject({ type: 'PAYMENT', order: { id } })
  })
})

describe('one event', () => {
  // The room of another replica.
  let tell: OverdueListener = () => undefined
  openRoom(desk.server, (listener) => {
    tell = listener
  })
  const overdue = (order: { id: string; number: string }, productionDeadline: Date) =>
    inTransaction(desk.server.platform.database, async (tx) => {
      tell(tx, { orderId: order.id, orderNumber: order.number, factoryId, productionDeadline })
    })

  it('is told to each person once, however often and in parallel it is announced', async () => {
    const order = await desk.placeAndPay()
    const deadline = new Date('2026-03-01T12:00:00Z')
    await Promise.all(Array.from({ length: 10 }, () => overdue(order, deadline)))
    await overdue(order, deadline)
    for (const person of [factory, manager])
      expect(eventsOf(await toldTo(person)).filter((event) => event === 'order.overdue')).toHaveLength(1)
    await overdue(order, new Date('2026-03-08T12:00:00Z'))
    expect(eventsOf(await toldTo(manager)).filter((event) => event === 'order.overdue')).toHaveLength(2)
  })
})
