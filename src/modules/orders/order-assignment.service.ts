import { addDays, type Clock } from '../../kernel/clock.js'
import { DomainError } from '../../kernel/domain-error.js'
import type { Viewer } from '../../kernel/viewer.js'
import type { Database } from '../../platform/database/database.js'
import { inTransaction, type Transaction } from '../../platform/database/transaction.js'
import { enqueue } from '../../platform/jobs/job-queue.js'
import type { FactoryCapacity, OccupiedFactory } from '../factories/index.js'
import { bySystem, type Mover } from './order-mover.js'
import { type LockedOrder, lockOrder, lockOrderFor, printedTypes } from './order-row.js'
import type { OrderSteps } from './order-step.js'

export const ASSIGN = 'assign-order'
export const ASSIGN_WAITING = 'assign-waiting-orders'

const LONGEST_PAUSE_SECONDS = 30
const WAITING_BATCH = 100

interface AssignPayload {
  readonly orderId: string
  /** How often no factory was free so far. */
  readonly tries?: number
}

/** Brings paid orders to factories, and takes them from factories that failed. */
export class OrderAssignment {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly factories: FactoryCapacity,
    private readonly steps: OrderSteps,
  ) {}

  /** Has the order assigned soon after the caller's transaction commits. */
  async request(tx: Transaction, { id }: Pick<LockedOrder, 'id'>): Promise<void> {
    await enqueue(tx, ASSIGN, { orderId: id } satisfies AssignPayload, { key: `${ASSIGN}:${id}` })
  }

  /** The job: an order that finds no free factory stays PAID and is tried again, at most half a minute later. */
  assignAutomatically({ orderId, tries = 0 }: AssignPayload): Promise<void> {
    return inTransaction(this.database, async (tx) => {
      const order = await lockOrder(tx, orderId)
      if (order?.status !== 'PAID') return
      const types = printedTypes(order)
      const factory =
        types.length > 0 ? await this.factories.occupyBest(tx, { types, preferredId: order.requestedFactoryId }) : null
      if (factory) return this.begin(tx, order, factory, bySystem)
      const pause = Math.min(2 ** (tries + 1), LONGEST_PAUSE_SECONDS)
      await enqueue(tx, ASSIGN, { orderId, tries: tries + 1 } satisfies AssignPayload, {
        key: `${ASSIGN}:${orderId}`,
        // The queue's clock is the database's, not ours.
        runAt: new Date(Date.now() + pause * 1_000),
      })
    })
  }

  /** The job that follows a freed place: those that waited longest first. Also run now and then, for what a crash lost. */
  async assignWaiting(): Promise<void> {
    const waiting = await this.database.prisma.$queryRaw<{ id: string }[]>`
      select t.id::text from orders t
      where t.status = 'PAID' and exists (select 1 from order_lines l where l.order_id = t.id and l.product_type <> 'DIGITAL')
      order by t.paid_at limit ${WAITING_BATCH}`
    for (const { id } of waiting) await this.assignAutomatically({ orderId: id })
  }

  /**
   * Staff's choice; without `factoryId` the best free one. Also moves an order whose print FAILED to another factory.
   * @returns the order's id. @throws NOT_FOUND, INVALID_TRANSITION, CONFLICT when the factory (or every factory) cannot take it
   */
  assign(viewer: Viewer, orderId: string, factoryId: string | null): Promise<string> {
    return inTransaction(this.database, async (tx) => {
      const { order, by } = await lockOrderFor(viewer, tx, orderId)
      const hasFailed = order.status === 'PRODUCTION' && order.productionStage === 'FAILED'
      if (order.status !== 'PAID' && !hasFailed)
        throw new DomainError(
          'INVALID_TRANSITION',
          'A factory is assigned to an order that is PAID, or whose print FAILED.',
        )
      if (hasFailed) {
        await this.factories.holdAll(tx)
        await this.release(tx, order)
      }
      const factory = await this.occupy(tx, order, factoryId)
      await (hasFailed ? this.restart(tx, order, factory, by) : this.begin(tx, order, factory, by))
      return order.id
    })
  }

  /**
   * Gives the order's place at its factory back, for whoever waits for one. Call it before the step it belongs to: everybody
   * locks an order first, then factories, then the streams of its events.
   */
  async release(tx: Transaction, { factoryId }: LockedOrder): Promise<void> {
    if (!factoryId) return
    await this.factories.free(tx, factoryId)
    tx.beforeCommit(() => enqueue(tx, ASSIGN_WAITING, {}, { key: ASSIGN_WAITING }))
  }

  private async occupy(tx: Transaction, order: LockedOrder, factoryId: string | null): Promise<OccupiedFactory> {
    const types = printedTypes(order)
    if (factoryId) return this.factories.occupy(tx, factoryId, types)
    const best = await this.factories.occupyBest(tx, { types, preferredId: null, exceptId: order.factoryId })
    if (!best) throw new DomainError('CONFLICT', 'No factory that prints everything the order contains is free.')
    return best
  }

  private async begin(tx: Transaction, order: LockedOrder, factory: OccupiedFactory, by: Mover): Promise<void> {
    const begun = await this.steps.step(tx, order, { to: 'PRODUCTION', by, changes: this.placeAt(factory) })
    await this.steps.record(tx, begun, { type: 'FACTORY_ASSIGNED', by })
  }

  private async restart(tx: Transaction, order: LockedOrder, factory: OccupiedFactory, by: Mover): Promise<void> {
    await this.steps.record(tx, order, { type: 'FACTORY_ASSIGNED', by, changes: this.placeAt(factory) })
  }

  private placeAt({ id, leadTimeDays }: OccupiedFactory) {
    return {
      factoryId: id,
      productionStage: 'QUEUED',
      productionDeadline: addDays(this.clock.now(), leadTimeDays),
    } as const
  }
}
