import { describe, expect, it } from 'vitest'
import { ADVANCE, ASSIGN, CANCEL, COMPLETE, SHIP } from '../orders/operations.js'
import { openOrderDesk } from '../orders/order-desk.js'
import { type ChatView, DELETE, EDIT, openChatDesk } from './chat-desk.js'

const desk = await openOrderDesk()
const { chatOf, listen, send, manager } = await openChatDesk(desk.server)
await desk.closeFactories()
const firstId = await desk.addFactory({ capacity: 100 })
const factory = await desk.staffOf(firstId)

const said = ({ messages }: ChatView) => messages.nodes.map(({ body }) => body)

describe('the order itself', () => {
  it('tells in its chat what happens to it: in order, once an event, as data too, and live', async () => {
    const { id } = await desk.place()
    const { lastMessageCursor, messages } = await chatOf(desk.customer, id)
    expect(messages.nodes).toEqual([])
    const live = listen(desk.customer, id, lastMessageCursor)
    await desk.pay(id)
    await desk.until(id, ({ status }) => status === 'PRODUCTION')
    await factory.client.get(ADVANCE, { orderId: id, stage: 'IN_PROGRESS' })
    await send(desk.customer, { orderId: id, body: 'Когда будет готово?' })
    await factory.client.get(SHIP, { orderId: id, trackingNumber: 'RA123456789RU' })
    await desk.customer.client.get(COMPLETE, { id })
    const chat = await chatOf(desk.customer, id)
    expect(said(chat)).toEqual([
      'Заказ оплачен.',
      'Заказ печатает «A factory».',
      'Заказ в печати.',
      'Когда будет готово?',
      'Заказ отправлен.',
      'Номер отправления: RA123456789RU',
      'Заказ завершён.',
    ])
    const news = chat.messages.nodes.filter(({ senderRole }) => senderRole === 'SYSTEM')
    expect(news.map(({ event }) => event?.type)).toEqual([
      'STATUS_CHANGED',
      'FACTORY_ASSIGNED',
      'PRODUCTION_STAGE_CHANGED',
      'STATUS_CHANGED',
      'TRACKING_ADDED',
      'STATUS_CHANGED',
    ])
    const received = await live.until(({ length }) => length >= 7)
    expect(received.map(({ chatMessageAdded }) => chatMessageAdded.id)).toEqual(
      chat.messages.nodes.map(({ id: messageId }) => messageId),
    )
  })

  it('makes nothing unread, and is not to be edited or taken away, not even by staff', async () => {
    const { id } = await desk.placeAndPay()
    for (const reader of [desk.customer, desk.designer, factory, manager])
      expect((await chatOf(reader, id)).unreadMessageCount).toBe(0)
    const [news] = (await chatOf(manager, id)).messages.nodes
    for (const { client } of [desk.customer, manager]) {
      expect(await client.codeOf(DELETE, { id: news?.id })).toBe('FORBIDDEN')
      expect(await client.codeOf(EDIT, { id: news?.id, body: 'Else' })).toBe('FORBIDDEN')
    }
  })

  it('tells of a factory that failed and of the next one, which alone has the chat from then on', async () => {
    const { id } = await desk.placeAndPay()
    const secondId = await desk.addFactory({ capacity: 100 })
    const second = await desk.staffOf(secondId)
    await send(factory, { orderId: id, body: 'Сломался принтер' })
    await factory.client.get(ADVANCE, { orderId: id, stage: 'FAILED' })
    await manager.client.get(ASSIGN, { orderId: id, factoryId: secondId })
    expect(said(await chatOf(second, id)).slice(-3)).toEqual([
      'Сломался принтер',
      'Напечатать не получилось. Ищем другую типографию.',
      'Заказ печатает «A factory».',
    ])
    await expect(chatOf(factory, id)).rejects.toThrow('NOT_FOUND')
  })

  it('tells of a cancellation and of the money that went back', async () => {
    const { id } = await desk.placeAndPay()
    await manager.client.get(CANCEL, { id })
    await expect
      .poll(async () => said(await chatOf(desk.customer, id)).slice(-2), { timeout: 30_000 })
      .toEqual(['Заказ отменён.', 'Деньги возвращены.'])
  })
})
