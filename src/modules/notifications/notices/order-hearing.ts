import type { Transaction } from '../../../platform/database/transaction.js'
import type { OrderEventListener, OrderEventRecord, OverdueOrder } from '../../orders/index.js'
import type { Notice } from '../notice.js'
import type { NoticeBoard } from '../notice-board.js'
import * as words from './order-words.js'

type About = Pick<Notice, 'event' | 'words' | 'to'> & Partial<Pick<Notice, 'type' | 'source'>>

/** Tells people of the events of orders, in the transaction that makes them. */
export function orderHearing(board: NoticeBoard): OrderEventListener {
  return async (tx, event) => {
    for (const { type = 'ORDER', source = `order-event:${event.id}`, to, ...about } of await noticesOf(tx, event))
      board.notify(tx, {
        ...about,
        type,
        source,
        orderId: event.orderId,
        to: { exceptId: event.actorId, ...to },
      })
  }
}

/** Tells the factory and every MANAGER that an order is late, once for each deadline: harmless to repeat. */
export const tellOverdue = (board: NoticeBoard, tx: Transaction, order: OverdueOrder): void =>
  board.notify(tx, {
    event: 'order.overdue',
    type: 'ORDER',
    source: `order-overdue:${order.orderId}:${order.productionDeadline.toISOString()}`,
    orderId: order.orderId,
    to: { factoryId: order.factoryId, managers: true },
    words: words.overdue(order.orderNumber, order.productionDeadline),
  })

async function noticesOf(tx: Transaction, event: OrderEventRecord): Promise<About[]> {
  const { orderId, orderNumber: number, customerId, factoryId, note } = event
  const customer = { userIds: [customerId] }
  const factory = { factoryId }
  switch (event.type) {
    case 'STATUS_CHANGED':
      return statusNotices(tx, event)
    case 'FACTORY_ASSIGNED': {
      const { productionDeadline } = await termsOf(tx, orderId)
      const assigned: About = {
        event: 'order.assigned',
        to: factory,
        words: words.assigned(number, productionDeadline),
      }
      const { formerFactoryId: former } = event
      if (former === null || former === factoryId) return [assigned]
      return [assigned, { event: 'order.withdrawn', to: { factoryId: former }, words: words.withdrawn(number) }]
    }
    case 'PRODUCTION_STAGE_CHANGED':
      if (event.productionStage !== 'FAILED') return []
      return [{ event: 'order.stage-failed', to: { managers: true }, words: words.stageFailed(number, note) }]
    case 'DEADLINE_CHANGED': {
      const { productionDeadline } = await termsOf(tx, orderId)
      if (!productionDeadline) return []
      const changed = words.deadlineChanged(number, productionDeadline)
      return [{ event: 'order.deadline-changed', to: { ...customer, ...factory }, words: changed }]
    }
    case 'TRACKING_ADDED':
      if (!note) return []
      return [
        {
          event: 'order.tracking-added',
          source: trackingSource(orderId, note),
          to: customer,
          words: words.trackingAdded(number, note),
        },
      ]
    case 'PAYMENT_FAILED':
      return [{ event: 'payment.failed', type: 'PAYMENT', to: customer, words: words.paymentFailed(number) }]
    default:
      return []
  }
}

async function statusNotices(tx: Transaction, event: OrderEventRecord): Promise<About[]> {
  const { orderId, orderNumber: number, customerId, factoryId, note, toStatus } = event
  const to = { userIds: [customerId] }
  switch (toStatus) {
    case 'PAID':
      return [{ event: 'order.paid', to, words: words.paid(number) }]
    case 'PRODUCTION':
      return [{ event: 'order.in-production', to, words: words.inProduction(number) }]
    case 'SHIPPED': {
      const { trackingNumber } = await termsOf(tx, orderId)
      // The event of the tracking number follows, and has nothing to add.
      const source = trackingNumber ? { source: trackingSource(orderId, trackingNumber) } : {}
      return [{ event: 'order.shipped', to, words: words.shipped(number, trackingNumber), ...source }]
    }
    case 'COMPLETED':
      return [{ event: 'order.completed', to, words: words.completed(number) }]
    case 'CANCELLED':
      return [{ event: 'order.cancelled', to: { ...to, factoryId }, words: words.cancelled(number, note) }]
    default:
      return []
  }
}

const trackingSource = (orderId: string, tracking: string): string => `order-tracking:${orderId}:${tracking}`

const termsOf = (tx: Transaction, id: string) =>
  tx.prisma.order.findUniqueOrThrow({ where: { id }, select: { trackingNumber: true, productionDeadline: true } })
