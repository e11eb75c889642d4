import { inputError } from '../../kernel/domain-error.js'
import { money } from '../../kernel/money.js'
import type { Viewer } from '../../kernel/viewer.js'
import type { Database } from '../../platform/database/database.js'
import { inTransaction, type Transaction } from '../../platform/database/transaction.js'
import type { Payments } from '../payments/index.js'
import type { OrderAssignment } from './order-assignment.service.js'
import type { Mover } from './order-mover.js'
import { type LockedOrder, lockOrderFor } from './order-row.js'
import type { OrderSteps } from './order-step.js'

export interface Cancellation {
  readonly reason?: string | null | undefined
  /** Kopecks; only for an order in PRODUCTION. Null: everything that was paid. */
  readonly refundAmount?: number | null | undefined
}

/** Calls orders off, and sends the money back where it came from. */
export class OrderCancellation {
  constructor(
    private readonly database: Database,
    private readonly steps: OrderSteps,
    private readonly payments: Payments,
    private readonly assignment: OrderAssignment,
  ) {}

  /** @returns the order's id. @throws NOT_FOUND, FORBIDDEN, INVALID_TRANSITION, BAD_USER_INPUT for the amount */
  cancel(viewer: Viewer, id: string, { reason, refundAmount }: Cancellation): Promise<string> {
    return inTransaction(this.database, async (tx) => {
      const { order, by } = await lockOrderFor(viewer, tx, id)
      await this.cancelLocked(tx, order, by, { reason: reason || null, refundAmount })
      return order.id
    })
  }

  /** The same for an order that the caller has locked. */
  async cancelLocked(
    tx: Transaction,
    order: LockedOrder,
    by: Mover,
    { reason, refundAmount }: Cancellation,
  ): Promise<void> {
    const note = reason ?? null
    if (order.status === 'PRODUCTION') await this.assignment.release(tx, order)
    await this.steps.step(tx, order, { to: 'CANCELLED', by, note, changes: { cancellationReason: note } })
    const refund = refundFor(order, refundAmount ?? null)
    // A paid order may have other attempts open, too.
    await this.payments.cancelPending(tx, 'ORDER', order.id)
    if (order.status !== 'CREATED')
      await this.payments.refund(tx, {
        purpose: 'ORDER',
        referenceId: order.id,
        reason: note,
        ...(refund !== null && { amount: money(refund), path: 'refundAmount' }),
      })
  }
}

/** Null: everything. Only what is already being made is refunded in part, by staff's judgement. */
function refundFor({ status, totalAmount }: LockedOrder, asked: number | null): bigint | null {
  if (asked === null) return null
  const wrong = (message: string) => inputError([{ path: 'refundAmount', message }])
  if (asked < 1 || BigInt(asked) > totalAmount) throw wrong(`must be between 1 and ${totalAmount}, in kopecks`)
  if (status === 'CREATED') throw wrong('nothing was paid yet')
  if (status === 'PAID' && BigInt(asked) !== totalAmount)
    throw wrong('an order that is not in production is refunded in full')
  return BigInt(asked)
}
