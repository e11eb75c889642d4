import type { ProductionStage } from '../../generated/prisma/enums.js'
import { addDays, type Clock } from '../../kernel/clock.js'
import { DomainError, inputError } from '../../kernel/domain-error.js'
import type { Viewer } from '../../kernel/viewer.js'
import { recordDeed } from '../../platform/audit/audit-log.js'
import type { Database } from '../../platform/database/database.js'
import { inTransaction } from '../../platform/database/transaction.js'
import type { OrderAssignment } from './order-assignment.service.js'
import { lockOrderFor } from './order-row.js'
import type { OrderSteps } from './order-step.js'
import { mayAdvance } from './production-stage.js'

const LONGEST_DEADLINE_DAYS = 365

/** What a factory does with an order. Staff may do it in its place. */
export class OrderProduction {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly steps: OrderSteps,
    private readonly assignment: OrderAssignment,
  ) {}

  /** @returns the order's id. @throws NOT_FOUND, INVALID_TRANSITION when the stage does not follow */
  advance(viewer: Viewer, id: string, stage: ProductionStage, note: string | null): Promise<string> {
    return inTransaction(this.database, async (tx) => {
      const { order, by } = await lockOrderFor(viewer, tx, id)
      if (order.status !== 'PRODUCTION' || !mayAdvance(order.productionStage, stage))
        throw new DomainError(
          'INVALID_TRANSITION',
          `An order that is ${order.productionStage ?? order.status} cannot go to ${stage}.`,
        )
      await this.steps.record(tx, order, {
        type: 'PRODUCTION_STAGE_CHANGED',
        by,
        note,
        changes: { productionStage: stage },
      })
      return order.id
    })
  }

  /**
   * Sends an order that is in PRODUCTION, at any stage but FAILED: a factory that does not report its stages still ships.
   * @returns the order's id. @throws NOT_FOUND, INVALID_TRANSITION
   */
  ship(viewer: Viewer, id: string, trackingNumber: string | null): Promise<string> {
    return inTransaction(this.database, async (tx) => {
      const { order, by } = await lockOrderFor(viewer, tx, id)
      if (order.status === 'PRODUCTION') await this.assignment.release(tx, order)
      const changes = { shippedAt: this.clock.now(), productionStage: 'READY', trackingNumber } as const
      const shipped = await this.steps.step(tx, order, { to: 'SHIPPED', by, changes })
      if (trackingNumber) await this.steps.record(tx, shipped, { type: 'TRACKING_ADDED', by, note: trackingNumber })
      return order.id
    })
  }

  /** @returns the order's id. @throws NOT_FOUND, INVALID_TRANSITION, BAD_USER_INPUT for a moment that is over or a year away */
  setDeadline(viewer: Viewer, id: string, deadline: Date, ip: string | null): Promise<string> {
    const now = this.clock.now()
    if (deadline <= now || deadline > addDays(now, LONGEST_DEADLINE_DAYS))
      throw inputError([
        { path: 'deadline', message: `must be in the future, at most ${LONGEST_DEADLINE_DAYS} days from now` },
      ])
    return inTransaction(this.database, async (tx) => {
      const { order, by } = await lockOrderFor(viewer, tx, id)
      if (order.status !== 'PRODUCTION')
        throw new DomainError('INVALID_TRANSITION', 'Only an order in PRODUCTION has a deadline to change.')
      const from = order.productionDeadline
      if (from?.getTime() === deadline.getTime()) return order.id
      await this.steps.record(tx, order, { type: 'DEADLINE_CHANGED', by, changes: { productionDeadline: deadline } })
      await recordDeed(tx, this.clock, {
        actorId: by.userId,
        action: 'order.deadline',
        subjectType: 'Order',
        subjectId: order.id,
        changes: { productionDeadline: { from, to: deadline } },
        ip,
      })
      return order.id
    })
  }
}
