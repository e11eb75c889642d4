import type { Viewer } from '../../kernel/viewer.js'
import type { Database } from '../../platform/database/database.js'
import { inTransaction } from '../../platform/database/transaction.js'
import type { OrderCompletion } from './order-completion.js'
import { lockOrderFor } from './order-row.js'

/** The customer's word that an order has arrived. */
export class OrderReceipt {
  constructor(
    private readonly database: Database,
    private readonly completion: OrderCompletion,
  ) {}

  /** @returns the order's id. @throws NOT_FOUND, FORBIDDEN, INVALID_TRANSITION unless it is SHIPPED */
  confirm(viewer: Viewer, id: string): Promise<string> {
    return inTransaction(this.database, async (tx) => {
      const { order, by } = await lockOrderFor(viewer, tx, id)
      await this.completion.complete(tx, order, by)
      return order.id
    })
  }
}
