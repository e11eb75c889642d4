import { money } from '../../kernel/money.js'
import type { Transaction } from '../../platform/database/transaction.js'
import type { Payments } from '../payments/index.js'
import type { Mover } from './order-mover.js'
import type { LockedOrder } from './order-row.js'
import type { Items } from './order-sources.js'
import type { OrderSteps } from './order-step.js'

/** What happens when an order ends well, whoever ends it: the customer, staff, time, or payment of an all-DIGITAL one. */
export class OrderCompletion {
  constructor(
    private readonly steps: OrderSteps,
    private readonly items: Items,
    private readonly payments: Pick<Payments, 'shareSale'>,
  ) {}

  /** @throws INVALID_TRANSITION */
  async complete(tx: Transaction, order: LockedOrder, by: Mover, note?: string): Promise<void> {
    await this.steps.step(tx, order, { to: 'COMPLETED', by, ...(note && { note }) })
    // Counted and shared here and not at payment: a sale that was cancelled is none, and nothing has to be counted back.
    const sold = order.lines.flatMap(({ itemId }) => itemId ?? [])
    if (sold.length === 0) return
    await this.items.countSale(tx, sold)
    await this.payments.shareSale(tx, { purpose: 'ORDER', referenceId: order.id, sales: await salesOf(tx, order.id) })
  }
}

/** What the lines of each designer cost. */
async function salesOf(tx: Transaction, orderId: string) {
  const rows = await tx.prisma.$queryRaw<{ sellerId: string; amount: bigint }[]>`
    select i.designer_id::text as "sellerId", sum(l.total_amount)::bigint as amount
    from order_lines l join marketplace_items i on i.id = l.item_id
    where l.order_id = ${orderId}::uuid and l.total_amount > 0 group by i.designer_id`
  return rows.map(({ sellerId, amount }) => ({ sellerId, amount: money(amount) }))
}
