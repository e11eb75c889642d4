import { Prisma } from '../../generated/prisma/client.js'
import type { OrderStatus, ProductionStage, ProductType } from '../../generated/prisma/enums.js'
import { forbidden, notFound } from '../../kernel/domain-error.js'
import type { Viewer } from '../../kernel/viewer.js'
import type { Transaction } from '../../platform/database/transaction.js'
import { actorsOf } from './order.policy.js'
import type { Mover } from './order-mover.js'

/** An order whose row this transaction holds: nobody else moves it meanwhile. */
export interface LockedOrder {
  readonly id: string
  readonly number: string
  readonly customerId: string
  readonly factoryId: string | null
  readonly requestedFactoryId: string | null
  readonly status: OrderStatus
  readonly productionStage: ProductionStage | null
  readonly productionDeadline: Date | null
  readonly totalAmount: bigint
  /** In the order of the lines. */
  readonly lines: readonly {
    readonly itemId: string | null
    readonly designerId: string | null
    readonly productType: ProductType
  }[]
}

/**
 * Locks an order, weakly enough that its chat goes on meanwhile.
 * @param busy what to do when another transaction holds it: wait, or give up and return null
 */
export async function lockOrder(
  tx: Transaction,
  id: string,
  busy: 'wait' | 'skip' = 'wait',
): Promise<LockedOrder | null> {
  const [order] = await tx.prisma.$queryRaw<LockedOrder[]>`
    select t.id::text, t.number, t.customer_id::text as "customerId", t.factory_id::text as "factoryId",
      t.requested_factory_id::text as "requestedFactoryId", t.status::text, t.production_stage::text as "productionStage",
      t.production_deadline as "productionDeadline", t.total_amount as "totalAmount",
      (select json_agg(json_build_object('itemId', l.item_id, 'designerId', i.designer_id, 'productType', l.product_type) order by l.position)
       from order_lines l left join marketplace_items i on i.id = l.item_id where l.order_id = t.id) as lines
    from orders t where t.id = ${id}::uuid
    for no key update of t ${busy === 'skip' ? Prisma.sql`skip locked` : Prisma.empty}`
  return order ?? null
}

/**
 * Locks an order for somebody who wants to change it.
 * @throws NOT_FOUND when the viewer may not see it, FORBIDDEN to designers of its items, who may only see it
 */
export async function lockOrderFor(
  viewer: Viewer,
  tx: Transaction,
  id: string,
): Promise<{ order: LockedOrder; by: Mover }> {
  const order = await lockOrder(tx, id)
  if (!order) throw notFound('order')
  const actors = actorsOf(viewer, order)
  if (viewer.kind === 'user' && actors.length > 0) return { order, by: { actors, userId: viewer.userId } }
  const isDesigner =
    viewer.kind === 'user' &&
    viewer.role === 'DESIGNER' &&
    order.lines.some(({ designerId }) => designerId === viewer.userId)
  throw isDesigner ? forbidden('Only its customer, its factory and staff may change an order.') : notFound('order')
}

/** What has to be printed of it: empty when every line is DIGITAL. */
export const printedTypes = ({ lines }: Pick<LockedOrder, 'lines'>): ProductType[] =>
  [...new Set(lines.map(({ productType }) => productType))].filter((type) => type !== 'DIGITAL')
