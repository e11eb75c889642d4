import { describe, expect, it } from 'vitest'
import { openAccount, type TestAccount } from '../../testkit/account.js'
import { COMPLETE, SHIP } from '../orders/operations.js'
import { openOrderDesk } from '../orders/order-desk.js'
import type { NotificationView } from './operations.js'
import { eventsOf, toldTo, untilTold } from './told.js'

const desk = await openOrderDesk()
const factory = await desk.staffOf(await desk.addFactory({ capacity: 100 }))
const manager = await openAccount(desk.server, 'MANAGER')

const SEND = /* GraphQL */ `
  mutation SendMessageOfNews($orderId: UUID!, $body: String!) {
    sendMessage(input: { orderId: $orderId, body: $body }) { cursor }
  }`
const READ_CHAT = /* GraphQL */ `
  mutation ReadChatOfNews($orderId: UUID!, $upTo: Cursor!) { markChatRead(orderId: $orderId, upTo: $upTo) { id } }`
const DEPOSIT = /* GraphQL */ `
  mutation DepositOfNews { deposit(input: { amount: 150000 }) { confirmationUrl } }`
const REVIEW = /* GraphQL */ `
  mutation ReviewOfNews($orderId: UUID!) { reviewOrder(orderId: $orderId, rating: 4) { id } }`
const REPLY = /* GraphQL */ `
  mutation ReplyOfNews($id: UUID!) { replyToReview(id: $id, reply: "Thank you") { id } }`
const DRAW = /* GraphQL */ `
  mutation DrawOfNews { createGeneration(input: { prompt: "A red fox", width: 256, height: 256 }) { id } }`

const of = (told: readonly NotificationView[], event: string) => told.filter(({ payload }) => payload?.event === event)

describe('messages in the chat of an order', () => {
  const say = async ({ client }: TestAccount, orderId: string, body = 'Hello') =>
    (await client.get<{ sendMessage: { cursor: string } }>(SEND, { orderId, body })).sendMessage.cursor
  const heardBy = async (person: TestAccount, orderId: string) =>
    of(await toldTo(person), 'chat.message').filter(({ order }) => order?.id === orderId)

  it('are told once to each other participant, however many come in a burst, until they are read', async () => {
    const { id } = await desk.placeAndPay()
    await Promise.all(Array.from({ length: 8 }, () => say(desk.customer, id)))
    for (const person of [factory, desk.designer, manager]) expect(await heardBy(person, id)).toHaveLength(1)
    expect(await heardBy(desk.customer, id)).toEqual([])
    const upTo = await say(desk.customer, id)
    await factory.client.get(READ_CHAT, { orderId: id, upTo })
    expect((await heardBy(factory, id)).map(({ status }) => status)).toEqual(['READ'])
    await say(desk.customer, id)
    expect((await heardBy(factory, id)).map(({ status }) => status)).toEqual(['READ', 'UNREAD'])
    expect(await heardBy(desk.designer, id)).toHaveLength(1)
  })

  it('go to every MANAGER until one has answered, and then to that one; who answers has read what was asked', async () => {
    const other = await openAccount(desk.server, 'MANAGER')
    const { id } = await desk.place()
    await say(desk.customer, id)
    await say(manager, id, 'How can we help?')
    expect((await heardBy(manager, id)).map(({ status }) => status)).toEqual(['READ'])
    await other.client.get('mutation ReadAllOfNews { markNotificationsRead }')
    await say(desk.customer, id)
    expect(await heardBy(manager, id)).toHaveLength(2)
    expect(await heardBy(other, id)).toHaveLength(1)
  })

  it('do not repeat what was said', async () => {
    const { id, number } = await desk.place()
    await say(desk.customer, id, 'A secret <b>word</b>')
    const [told] = await heardBy(manager, id)
    expect(told).toMatchObject({ type: 'SUPPORT', title: `Сообщение о заказе ${number}` })
    expect(JSON.stringify(told)).not.toContain('secret')
  })
})

describe('money', { timeout: 60_000 }, () => {
  it('that was booked on a balance, or was not, is told to whose it is', async () => {
    const person = await openAccount(desk.server)
    for (const [action, event] of [
      ['pay', 'deposit.booked'],
      ['decline', 'deposit.failed'],
    ] as const) {
      const { deposit } = await person.client.get<{ deposit: { confirmationUrl: string } }>(DEPOSIT)
      await desk.checkout(deposit.confirmationUrl, action)
      expect(await untilTold(person, event)).toMatchObject({
        type: 'PAYMENT',
        payload: { amount: 150_000 },
        order: null,
      })
    }
  })

  it('that is given back is told once, with its amount and order', async () => {
    const customer = await openAccount(desk.server)
    const { id, number } = await desk.place({}, customer)
    await desk.pay(id, 'pay', customer)
    await untilTold(customer, 'order.in-production')
    await manager.client.get('mutation CancelOfNews($id: UUID!) { cancelOrder(id: $id) { id } }', { id })
    const { body, order } = await untilTold(customer, 'refund.succeeded')
    expect(order?.id).toBe(id)
    expect(body).toContain(number)
    expect(eventsOf(await toldTo(customer)).filter((event) => event === 'refund.succeeded')).toHaveLength(1)
  })
})

describe('a sold design', { timeout: 60_000 }, () => {
  it('is told to its designer with the earning, its review too, and the answer to its author', async () => {
    const customer = await openAccount(desk.server)
    const [seller, title] = [await openAccount(desk.server, 'DESIGNER'), 'A <b>fox</b>']
    const itemId = await desk.addItem({ designerId: seller.id, title })
    const { id } = await desk.place(
      { lines: [{ itemId, print: { widthMm: 1_000, heightMm: 500, material: 'Vinyl' } }] },
      customer,
    )
    await desk.pay(id, 'pay', customer)
    await untilTold(customer, 'order.in-production')
    await factory.client.get(SHIP, { orderId: id })
    await customer.client.get(COMPLETE, { id })
    const earned = await untilTold(seller, 'earning.booked')
    expect(earned).toMatchObject({ type: 'PAYMENT', order: { id } })
    const { reviewOrder } = await customer.client.get<{ reviewOrder: { id: string } }>(REVIEW, { orderId: id })
    expect((await untilTold(seller, 'review.written')).body).toBe(`Ваш дизайн «${title}» оценили на 4 из 5.`)
    await seller.client.get(REPLY, { id: reviewOrder.id })
    await untilTold(customer, 'review.replied')
    expect(eventsOf(await toldTo(seller))).toEqual(['earning.booked', 'review.written'])
  })
})

describe('a generation', { timeout: 60_000 }, () => {
  it('that is drawn is told to who asked for it', async () => {
    const person = await openAccount(desk.server)
    const { createGeneration } = await person.client.get<{ createGeneration: { id: string } }>(DRAW)
    const told = await untilTold(person, 'generation.completed')
    expect(told).toMatchObject({ type: 'SYSTEM', payload: { generationId: createGeneration.id } })
  })
})

describe('the order of a notification', { timeout: 60_000 }, () => {
  it('is not shown to a factory that has lost it', async () => {
    const first = await desk.placeAndPay()
    expect((await untilTold(factory, 'order.assigned')).order).not.toBeNull()
    const elsewhere = await desk.addFactory({ capacity: 0, isActive: false })
    await desk.prisma.order.update({ where: { id: first.id }, data: { factoryId: elsewhere } })
    const lost = (await toldTo(factory)).filter(({ payload }) => payload?.orderId === first.id)
    expect(lost.length).toBeGreaterThan(0)
    expect(lost.every(({ order }) => order === null)).toBe(true)
  })
})
