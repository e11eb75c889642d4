import type { ProductionStage } from '../../generated/prisma/enums.js'
import type { Clock } from '../../kernel/clock.js'
import { DomainError } from '../../kernel/domain-error.js'
import type { Viewer } from '../../kernel/viewer.js'
import type { Database } from '../../platform/database/database.js'
import { inTransaction } from '../../platform/database/transaction.js'
import type { OrderAssignment } from './order-assignment.service.js'
import { lockOrderFor } from './order-row.js'
import type { OrderSteps } from './order-step.js'
import { mayAdvance } from './production-stage.js'

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
      const changes = { shippedAt: this.clock.now(), productionStage: 'READY', trackingNumber } as const
      const shipped = await this.steps.step(tx, order, { to: 'SHIPPED', by, changes })
      if (trackingNumber) await this.steps.record(tx, shipped, { type: 'TRACKING_ADDED', by, note: trackingNumber })
      await this.assignment.release(tx, order)
      return order.id
    })
  }
}
