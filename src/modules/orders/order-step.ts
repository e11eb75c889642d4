import type { Prisma } from '../../generated/prisma/client.js'
import type { OrderEventType, OrderStatus, ProductionStage } from '../../generated/prisma/enums.js'
import type { Clock } from '../../kernel/clock.js'
import { DomainError } from '../../kernel/domain-error.js'
import { newId } from '../../kernel/ids.js'
import type { Transaction } from '../../platform/database/transaction.js'
import type { EventStreams } from '../../platform/events/event-streams.js'
import { orderStatusTransitionsTotal } from '../../platform/observability/metrics.js'
import { mayMove } from './order-lifecycle.js'
import type { Mover } from './order-mover.js'
import type { LockedOrder } from './order-row.js'
import { streamsOf } from './order-streams.js'

type Changes = Omit<
  Prisma.OrderUncheckedUpdateManyInput,
  'id' | 'status' | 'updatedAt' | 'factoryId' | 'productionStage'
> & {
  readonly factoryId?: string
  readonly productionStage?: ProductionStage
}

/** An event as it was stored, for rooms above that say more about it. */
export interface OrderEventRecord {
  readonly id: string
  readonly orderId: string
  readonly orderNumber: string
  readonly customerId: string
  readonly type: OrderEventType
  readonly fromStatus: OrderStatus | null
  readonly toStatus: OrderStatus
  /** Both as they are after the event. */
  readonly factoryId: string | null
  readonly productionStage: ProductionStage | null
  /** Whose order it was before the event. */
  readonly formerFactoryId: string | null
  /** Null when it happened by itself. */
  readonly actorId: string | null
  readonly note: string | null
}

/** Hears of an event in the transaction that makes it; what it throws undoes the change. */
export type OrderEventListener = (tx: Transaction, event: OrderEventRecord) => Promise<void>

interface Fact {
  readonly type: Exclude<OrderEventType, 'STATUS_CHANGED'>
  readonly by: Mover
  readonly note?: string | null
  readonly changes?: Changes
}

interface Step {
  readonly to: OrderStatus
  readonly by: Mover
  readonly note?: string | null
  readonly changes?: Changes
}

/** The only code that changes orders once they are placed: row, event and streams in the caller's transaction. */
export class OrderSteps {
  private readonly listeners: OrderEventListener[] = []

  constructor(
    private readonly streams: EventStreams,
    private readonly clock: Clock,
  ) {}

  onEvent(listener: OrderEventListener): void {
    this.listeners.push(listener)
  }

  /**
   * Moves a locked order to another status.
   * @throws INVALID_TRANSITION when the table does not let these actors do it
   */
  async step(tx: Transaction, order: LockedOrder, { to, by, note, changes }: Step): Promise<LockedOrder> {
    const from = order.status
    if (!mayMove(by.actors, order, to))
      throw new DomainError('INVALID_TRANSITION', `An order that is ${from} cannot become ${to} this way.`)
    const { count } = await tx.prisma.order.updateMany({
      where: { id: order.id, status: from },
      data: { ...changes, status: to, updatedAt: this.clock.now() },
    })
    if (count !== 1) throw new Error(`order ${order.id} moved without its row being locked`)
    const moved: LockedOrder = { ...order, ...parties(order, changes), status: to }
    await this.store(tx, moved, order.factoryId, { type: 'STATUS_CHANGED', fromStatus: from, by, note })
    tx.afterCommit(() => orderStatusTransitionsTotal.inc({ from, to }))
    return moved
  }

  /** Stores that something else happened to a locked order, with what it changes. */
  async record(tx: Transaction, order: LockedOrder, { type, by, note, changes }: Fact): Promise<LockedOrder> {
    if (changes)
      await tx.prisma.order.updateMany({ where: { id: order.id }, data: { ...changes, updatedAt: this.clock.now() } })
    const changed: LockedOrder = { ...order, ...parties(order, changes) }
    await this.store(tx, changed, order.factoryId, { type, fromStatus: null, by, note })
    return changed
  }

  private async store(
    tx: Transaction,
    order: LockedOrder,
    formerFactoryId: string | null,
    event: { type: OrderEventType; fromStatus: OrderStatus | null; by: Mover; note?: string | null | undefined },
  ): Promise<void> {
    const { type, fromStatus, by, note } = event
    const id = newId()
    const { own, all } = streamsOf(order)
    const numbers = await this.streams.append(tx, all, id)
    await tx.prisma.$executeRaw`
      insert into order_events (id, order_id, number, type, from_status, to_status, production_stage, actor_id, note, occurred_at)
      values (${id}::uuid, ${order.id}::uuid, ${numbers.get(own)}, ${type}::order_event_type, ${fromStatus}::order_status, ${order.status}::order_status,
        ${order.productionStage}::production_stage, ${by.userId}::uuid, ${note ?? null}, ${this.clock.now()})`
    const { id: orderId, number: orderNumber, customerId, status: toStatus, factoryId, productionStage } = order
    const subject = { orderId, orderNumber, customerId, factoryId, formerFactoryId, productionStage }
    const record = { id, ...subject, type, fromStatus, toStatus, actorId: by.userId, note: note ?? null }
    for (const listener of this.listeners) await listener(tx, record)
  }
}

const parties = (
  order: LockedOrder,
  changes: Changes | undefined,
): Pick<LockedOrder, 'factoryId' | 'productionStage'> => ({
  factoryId: changes?.factoryId ?? order.factoryId,
  productionStage: changes?.productionStage ?? order.productionStage,
})
