import type { Transaction } from '../../platform/database/transaction.js'
import type { Mover } from './order-mover.js'
import type { LockedOrder } from './order-row.js'
import type { Items } from './order-sources.js'
import type { OrderSteps } from './order-step.js'

/** What happens when an order ends well, whoever ends it: the customer, staff, time, or payment of an all-DIGITAL one. */
export class OrderCompletion {
  constructor(
    private readonly steps: OrderSteps,
    private readonly items: Items,
  ) {}

  /** @throws INVALID_TRANSITION */
  async complete(tx: Transaction, order: LockedOrder, by: Mover, note?: string): Promise<void> {
    await this.steps.step(tx, order, { to: 'COMPLETED', by, ...(note && { note }) })
    // Counted here and not at payment: a sale that was cancelled is none, and nothing has to be counted back.
    const sold = order.lines.flatMap(({ itemId }) => itemId ?? [])
    if (sold.length > 0) await this.items.countSale(tx, sold)
  }
}
