import type { OrderEventType, OrderStatus, ProductionStage } from '../../generated/prisma/enums.js'

/** An event of an order with what its message may speak of. */
export interface OrderNews {
  readonly type: OrderEventType
  readonly toStatus: OrderStatus
  readonly productionStage: ProductionStage | null
  readonly factoryName: string | null
  readonly deadline: Date | null
  readonly trackingNumber: string | null
}

const day = new Intl.DateTimeFormat('ru-RU', { dateStyle: 'long', timeZone: 'Europe/Moscow' })

// PRODUCTION is what FACTORY_ASSIGNED says with more words.
const STATUSES: Readonly<Partial<Record<OrderStatus, string>>> = {
  PAID: 'Заказ оплачен.',
  SHIPPED: 'Заказ отправлен.',
  COMPLETED: 'Заказ завершён.',
  CANCELLED: 'Заказ отменён.',
}

const STAGES: Readonly<Partial<Record<ProductionStage, string>>> = {
  IN_PROGRESS: 'Заказ в печати.',
  QUALITY_CHECK: 'Заказ напечатан, проверяем качество.',
  READY: 'Заказ готов к отправке.',
  FAILED: 'Напечатать не получилось. Ищем другую типографию.',
}

/**
 * What the chat of an order says of an event, in Russian, as its users are; null when it says nothing. Of two events of one moment
 * the one that says more speaks, and what concerns the customer alone (a payment that failed) is not for all to read.
 */
export function newsOf(news: OrderNews): string | null {
  switch (news.type) {
    case 'STATUS_CHANGED':
      return STATUSES[news.toStatus] ?? null
    case 'FACTORY_ASSIGNED':
      return news.factoryName ? `Заказ печатает «${news.factoryName}».` : 'Заказ передан в производство.'
    case 'PRODUCTION_STAGE_CHANGED':
      return (news.productionStage && STAGES[news.productionStage]) ?? null
    case 'DEADLINE_CHANGED':
      return news.deadline ? `Новый срок изготовления: ${day.format(news.deadline)}` : null
    case 'TRACKING_ADDED':
      return news.trackingNumber ? `Номер отправления: ${news.trackingNumber}` : null
    case 'REFUNDED':
      return 'Деньги возвращены.'
    case 'CREATED':
    case 'PAYMENT_SUCCEEDED':
    case 'PAYMENT_FAILED':
      return null
  }
}

/** Events that never make a message: nothing has to be read to know. */
export const isSilent = ({ type, toStatus }: Pick<OrderNews, 'type' | 'toStatus'>): boolean =>
  ['CREATED', 'PAYMENT_SUCCEEDED', 'PAYMENT_FAILED'].includes(type) ||
  (type === 'STATUS_CHANGED' && STATUSES[toStatus] === undefined)
