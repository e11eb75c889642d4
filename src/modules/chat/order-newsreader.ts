import type { Clock } from '../../kernel/clock.js'
import { newId } from '../../kernel/ids.js'
import type { Transaction } from '../../platform/database/transaction.js'
import type { EventStreams } from '../../platform/events/event-streams.js'
import type { OrderEventListener, OrderEventRecord } from '../orders/index.js'
import { chatStream } from './chat-stream.js'
import { isSilent, newsOf, type OrderNews } from './order-news.js'

/** Has the order itself speak in its chat: one message an event, in the transaction of the event. */
export const orderNewsreader =
  (streams: EventStreams, clock: Clock): OrderEventListener =>
  async (tx, event) => {
    if (isSilent(event)) return
    const body = newsOf(await detailsOf(tx, event))
    if (body === null) return
    const [id, stream] = [newId(), chatStream(event.orderId)]
    const number = (await streams.append(tx, [stream], id)).get(stream)
    if (number === undefined) throw new Error(`the stream ${stream} gave no number`)
    const { orderId, id: eventId } = event
    await tx.prisma.chatMessage.create({
      data: { id, orderId, number, senderRole: 'SYSTEM', body, eventId, createdAt: clock.now() },
      select: { id: true },
    })
  }

async function detailsOf(tx: Transaction, { id, type, toStatus }: OrderEventRecord): Promise<OrderNews> {
  const [details] = await tx.prisma.$queryRaw<Omit<OrderNews, 'type' | 'toStatus'>[]>`
    select e.production_stage::text as "productionStage", f.name as "factoryName", o.production_deadline as deadline,
      o.tracking_number as "trackingNumber"
    from order_events e join orders o on o.id = e.order_id left join factories f on f.id = o.factory_id
    where e.id = ${id}::uuid`
  if (!details) throw new Error(`event ${id} told before it was stored`)
  return { type, toStatus, ...details }
}
