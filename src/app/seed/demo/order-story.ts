import type { Prisma } from '../../../generated/prisma/client.js'
import type { OrderEventType, OrderStatus, ProductionStage } from '../../../generated/prisma/enums.js'
import { addDays } from '../../../kernel/clock.js'
import { mayMove, type OrderActor, priceOrder, streamsOf } from '../../../modules/orders/index.js'
import { demoId } from './demo-calendar.js'
import type { DemoFactory } from './demo-factories.js'
import type { DemoPerson } from './demo-people.js'
import type { DemoWorld } from './demo-world.js'
import { orderNumber } from './order-number.js'
import { OrderTalk } from './order-talk.js'
import { PaymentStory } from './payment-story.js'
import { shareSale } from './share-sale.js'
import { lineRow, pricedLine, type StoryLine } from './story-line.js'

export interface Placing {
  /** Tells this order from all others. */
  readonly key: string
  readonly customer: DemoPerson
  readonly lines: readonly StoryLine[]
  readonly at: Date
  /** What ids are made from, when `at` is not the same all day. */
  readonly idsAt?: Date
  readonly address: Prisma.InputJsonObject
  readonly deadlineDays?: number
  readonly note?: string
}

/** Tells one order from beginning to end, in the order of time. Every step leaves the rows that the server would have left. */
export class OrderStory {
  readonly talk: OrderTalk
  private readonly row: Prisma.OrderCreateManyInput & { id: string; status: OrderStatus; totalAmount: bigint }
  private readonly payment: PaymentStory
  private readonly idsAt: Date | undefined
  private factory: DemoFactory | null = null
  private told = 0

  constructor(
    private readonly world: DemoWorld,
    private readonly placing: Placing,
  ) {
    const { key, customer, lines, at, idsAt = at, address, deadlineDays = null, note = null } = placing
    this.idsAt = placing.idsAt
    const price = priceOrder(lines.map(pricedLine), deadlineDays)
    const isPrinted = lines.some(({ productType }) => productType !== 'DIGITAL')
    this.row = {
      id: demoId(idsAt, `order ${key}`),
      number: orderNumber(key, idsAt),
      customerId: customer.id,
      status: 'CREATED',
      subtotalAmount: price.subtotal.amount,
      rushFeeAmount: price.rushFee.amount,
      totalAmount: price.total.amount,
      ...(isPrinted && { deliveryAddress: address }),
      note,
      deadlineDays,
      createdAt: at,
      updatedAt: at,
    }
    world.rows.orders.push(this.row)
    for (const [position, line] of lines.entries())
      world.rows.orderLines.push(
        lineRow(line, { orderId: this.row.id, position, at: idsAt, price: price.lines[position] }),
      )
    this.payment = new PaymentStory(world, { key, order: this.row, userId: customer.id })
    this.talk = new OrderTalk(world, { orderId: this.row.id, customer })
    this.tell(at, 'CREATED', { actor: customer })
  }

  /** An attempt to pay that the bank refused. */
  decline(at: Date): this {
    this.payment.decline(at)
    return this.tell(at, 'PAYMENT_FAILED', { note: 'The payment was declined.' })
  }

  pay(at: Date, provider: 'SANDBOX' | 'BALANCE' = 'SANDBOX'): this {
    this.payment.pay(at, provider)
    this.move(at, 'PAID', 'SYSTEM', null)
    this.row.paidAt = at
    return this.tell(at, 'PAYMENT_SUCCEEDED')
  }

  /** A factory takes it. */
  assign(at: Date, factory: DemoFactory): this {
    this.factory = factory
    this.row.factoryId = factory.id
    this.row.productionStage = 'QUEUED'
    this.row.productionDeadline = addDays(at, factory.leadTimeDays)
    factory.row.currentLoad = (factory.row.currentLoad ?? 0) + 1
    this.move(at, 'PRODUCTION', 'SYSTEM', null)
    return this.tell(at, 'FACTORY_ASSIGNED')
  }

  stage(at: Date, stage: ProductionStage, actor: DemoPerson, note?: string): this {
    this.row.productionStage = stage
    return this.tell(at, 'PRODUCTION_STAGE_CHANGED', { actor, note })
  }

  ship(at: Date, actor: DemoPerson, trackingNumber: string): this {
    this.row.productionStage = 'READY'
    this.row.shippedAt = at
    this.row.trackingNumber = trackingNumber
    this.release()
    this.move(at, 'SHIPPED', 'FACTORY', actor)
    return this.tell(at, 'TRACKING_ADDED', { actor, note: trackingNumber })
  }

  /** @param actor null: by itself */
  complete(at: Date, actor: DemoPerson | null): this {
    this.move(at, 'COMPLETED', actor ? 'CUSTOMER' : 'SYSTEM', actor)
    for (const line of this.placing.lines)
      if ('item' in line) line.item.row.salesCount = (line.item.row.salesCount ?? 0) + 1
    shareSale(this.world, { orderId: this.row.id, lines: this.placing.lines, at })
    return this
  }

  /** Called off; what was paid goes back, or only `refund` kopecks of it. @param actor null: by itself */
  cancel(at: Date, actor: DemoPerson | null, reason: string, refund?: bigint): this {
    const wasPaid = this.row.status !== 'CREATED'
    if (this.row.status === 'PRODUCTION') this.release()
    this.row.cancellationReason = reason
    const isStaff = actor?.role === 'MANAGER'
    this.move(at, 'CANCELLED', actor ? (isStaff ? 'STAFF' : 'CUSTOMER') : 'SYSTEM', actor, reason)
    if (!wasPaid) return this
    const settledAt = new Date(at.getTime() + 90_000)
    this.payment.refund({ at, settledAt, amount: refund ?? this.row.totalAmount, reason })
    return this.tell(settledAt, 'REFUNDED')
  }

  /** The customer's opinion. It counts for the item of the first line that has one. */
  review(at: Date, rating: number, comment: string | null, reply?: { readonly at: Date; readonly text: string }): this {
    const { key, customer, lines } = this.placing
    const line = lines.find((one) => 'item' in one)
    const item = line && 'item' in line ? line.item : null
    this.world.rows.reviews.push({
      id: demoId(at, `review of ${key}`),
      orderId: this.row.id,
      authorId: customer.id,
      itemId: item?.id ?? null,
      rating,
      comment,
      reply: reply?.text ?? null,
      repliedAt: reply?.at ?? null,
      createdAt: at,
    })
    return this
  }

  private release(): void {
    if (this.factory) this.factory.row.currentLoad = (this.factory.row.currentLoad ?? 0) - 1
  }

  private move(at: Date, to: OrderStatus, as: OrderActor, actor: DemoPerson | null, note?: string): void {
    const { status: fromStatus, productionStage = null } = this.row
    if (!mayMove([as], { status: fromStatus, productionStage }, to))
      throw new Error(`the demo's order ${this.placing.key} cannot go from ${fromStatus} to ${to}`)
    this.row.status = to
    this.tell(at, 'STATUS_CHANGED', { fromStatus, actor, note })
  }

  private tell(
    at: Date,
    type: OrderEventType,
    {
      fromStatus = null,
      actor,
      note,
    }: { fromStatus?: OrderStatus | null; actor?: DemoPerson | null; note?: string | undefined } = {},
  ): this {
    this.row.updatedAt = at
    const { id: orderId, customerId, status: toStatus, productionStage = null } = this.row
    const id = demoId(this.idsAt ?? at, `event ${this.told++} of ${this.placing.key}`)
    const row = { id, orderId, number: 0n, type, fromStatus, toStatus, productionStage, actorId: actor?.id ?? null }
    const event = { ...row, note: note ?? null, occurredAt: at }
    this.world.rows.orderEvents.push(event)
    const streams = streamsOf({ id: orderId, customerId, factoryId: this.factory?.id ?? null }).all
    this.world.events.push({
      at,
      subjectId: id,
      streams,
      numbered: (number) => {
        event.number = number
      },
    })
    return this
  }
}
