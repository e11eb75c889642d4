import { Prisma } from '../../generated/prisma/client.js'
import type { OrderStatus } from '../../generated/prisma/enums.js'
import { addDays, type Clock } from '../../kernel/clock.js'
import type { Database } from '../../platform/database/database.js'
import { inTransaction, type Transaction } from '../../platform/database/transaction.js'
import type { OrderCancellation } from './order-cancellation.service.js'
import type { OrderCompletion } from './order-completion.js'
import { bySystem } from './order-mover.js'
import { type LockedOrder, lockOrder } from './order-row.js'

const UNPAID_DAYS = 1
const SHIPPED_DAYS = 14
const BATCH = 100

/** An order in PRODUCTION whose deadline has passed. */
export interface OverdueOrder {
  readonly orderId: string
  readonly orderNumber: string
  readonly factoryId: string | null
  readonly productionDeadline: Date
}

/** Hears of an overdue order in the transaction that marks it as told of. */
export type OverdueListener = (tx: Transaction, order: OverdueOrder) => void

/** The steps that orders take by themselves as time passes. Run often, in small batches: what is left comes next time. */
export class OrderUpkeep {
  private readonly overdueListeners: OverdueListener[] = []

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly cancellation: OrderCancellation,
    private readonly completion: OrderCompletion,
  ) {}

  onOverdue(listener: OverdueListener): void {
    this.overdueListeners.push(listener)
  }

  /** Cancels what was not paid for 24 hours. */
  async cancelUnpaid(): Promise<void> {
    await this.forEach(
      'CREATED',
      Prisma.sql`created_at < ${addDays(this.clock.now(), -UNPAID_DAYS)} order by created_at`,
      (tx, order) =>
        this.cancellation.cancelLocked(tx, order, bySystem, { reason: 'It was not paid within 24 hours.' }),
    )
  }

  /** Completes what was shipped 14 days ago. */
  async completeShipped(): Promise<void> {
    await this.forEach(
      'SHIPPED',
      Prisma.sql`shipped_at < ${addDays(this.clock.now(), -SHIPPED_DAYS)} order by shipped_at`,
      (tx, order) => this.completion.complete(tx, order, bySystem, 'It was shipped 14 days ago.'),
    )
  }

  /** Tells of what should have been sent by now, once for each deadline. */
  async tellOverdue(): Promise<void> {
    const due = Prisma.sql`production_deadline < ${this.clock.now()} and overdue_told_for is distinct from production_deadline`
    await this.forEach('PRODUCTION', Prisma.sql`${due} order by production_deadline`, async (tx, order) => {
      const { id: orderId, number: orderNumber, factoryId, productionDeadline } = order
      if (!productionDeadline || productionDeadline >= this.clock.now()) return
      const { count } = await tx.prisma.order.updateMany({
        where: { id: orderId, OR: [{ overdueToldFor: null }, { overdueToldFor: { not: productionDeadline } }] },
        data: { overdueToldFor: productionDeadline },
      })
      if (count === 0) return
      for (const tell of this.overdueListeners) tell(tx, { orderId, orderNumber, factoryId, productionDeadline })
    })
  }

  // A transaction for each order: nobody waits for a long batch, and one that cannot move is thrown for after the others have.
  private async forEach(
    status: OrderStatus,
    due: Prisma.Sql,
    act: (tx: Transaction, order: LockedOrder) => Promise<void>,
  ): Promise<void> {
    const found = await this.database.prisma.$queryRaw<{ id: string }[]>`
      select id::text from orders where status = ${status}::order_status and ${due} limit ${BATCH}`
    const failures: unknown[] = []
    for (const { id } of found)
      await inTransaction(this.database, async (tx) => {
        const order = await lockOrder(tx, id, 'skip')
        if (order?.status === status) await act(tx, order)
      }).catch((failure: unknown) => failures.push(failure))
    if (failures.length > 0)
      throw new AggregateError(failures, `${failures.length} of ${found.length} orders did not move`)
  }
}
