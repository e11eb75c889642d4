import { describe, expect, it } from 'vitest'
import { isSilent, newsOf, type OrderNews } from './order-news.js'

const bare: Omit<OrderNews, 'type' | 'toStatus'> = {
  productionStage: null,
  factoryName: null,
  deadline: null,
  trackingNumber: null,
}

describe('what the chat says of an event of its order', () => {
  it.each([
    [{ type: 'STATUS_CHANGED', toStatus: 'PAID' }, 'Заказ оплачен.'],
    [
      { type: 'FACTORY_ASSIGNED', toStatus: 'PRODUCTION', factoryName: 'Печатный двор' },
      'Заказ печатает «Печатный двор».',
    ],
    [{ type: 'PRODUCTION_STAGE_CHANGED', toStatus: 'PRODUCTION', productionStage: 'IN_PROGRESS' }, 'Заказ в печати.'],
    [
      { type: 'DEADLINE_CHANGED', toStatus: 'PRODUCTION', deadline: new Date('2026-03-11T22:00:00Z') },
      'Новый срок изготовления: 12 марта 2026 г.',
    ],
    [{ type: 'STATUS_CHANGED', toStatus: 'SHIPPED' }, 'Заказ отправлен.'],
    [{ type: 'TRACKING_ADDED', toStatus: 'SHIPPED', trackingNumber: 'RA1RU' }, 'Номер отправления: RA1RU'],
    [{ type: 'STATUS_CHANGED', toStatus: 'COMPLETED' }, 'Заказ завершён.'],
    [{ type: 'STATUS_CHANGED', toStatus: 'CANCELLED' }, 'Заказ отменён.'],
    [{ type: 'REFUNDED', toStatus: 'CANCELLED' }, 'Деньги возвращены.'],
  ] satisfies [Partial<OrderNews> & Pick<OrderNews, 'type' | 'toStatus'>, string][])('%o', (event, text) => {
    expect(isSilent(event)).toBe(false)
    expect(newsOf({ ...bare, ...event })).toBe(text)
  })

  it.each([
    { type: 'CREATED', toStatus: 'CREATED' },
    { type: 'PAYMENT_SUCCEEDED', toStatus: 'PAID' },
    { type: 'PAYMENT_FAILED', toStatus: 'CREATED' },
    { type: 'STATUS_CHANGED', toStatus: 'PRODUCTION' },
  ] satisfies Pick<OrderNews, 'type' | 'toStatus'>[])('is nothing of %o, and nothing is read for it', (event) => {
    expect(isSilent(event)).toBe(true)
    expect(newsOf({ ...bare, ...event })).toBeNull()
  })
})
