import type { Pool } from 'pg'
import { Prisma } from '../../generated/prisma/client.js'
import type { OrderStatus, Role } from '../../generated/prisma/enums.js'
import { notFound } from '../../kernel/domain-error.js'
import type { Viewer } from '../../kernel/viewer.js'
import { runSql } from '../../platform/database/read-shape.js'
import { actorsOf } from './order.policy.js'

/** What a viewer is to an order, for rooms above and for sockets that stay open. */
export interface OrderAccess {
  readonly id: string
  readonly number: string
  readonly customerId: string
  readonly factoryId: string | null
  readonly status: OrderStatus
  /** Of its items, each once. */
  readonly designerIds: readonly string[]
  readonly isCustomer: boolean
  readonly isFactory: boolean
  readonly isDesigner: boolean
  readonly isStaff: boolean
}

interface Row extends Pick<OrderAccess, 'id' | 'number' | 'customerId' | 'factoryId' | 'status' | 'designerIds'> {
  readonly role: Role
  readonly viewerFactoryId: string | null
}

/**
 * Asks the database who the viewer is now, not what the socket knew when it was opened: roles change, factories lose orders, and
 * accounts are blocked meanwhile. One statement, cheap enough for every delivery.
 */
export class OrderAccessQuery {
  constructor(private readonly pool: Pool) {}

  /** @throws NOT_FOUND unless the viewer is its customer, its factory, a designer of its items, or staff */
  async find(viewer: Viewer, orderId: string): Promise<OrderAccess> {
    if (viewer.kind === 'visitor') throw notFound('order')
    const [row] = await runSql<Row>(
      this.pool,
      Prisma.sql`
        select t.id, t.number, t.customer_id as "customerId", t.factory_id as "factoryId", t.status::text,
          u.role::text, u.factory_id as "viewerFactoryId",
          array(select distinct i.designer_id from order_lines l join marketplace_items i on i.id = l.item_id where l.order_id = t.id)::text[] as "designerIds"
        from orders t, users u
        where t.id = ${orderId}::uuid and u.id = ${viewer.userId}::uuid and u.blocked_at is null`,
    )
    if (!row) throw notFound('order')
    const { role: ownRole, viewerFactoryId, ...order } = row
    // Staff whose second factor is missing are customers here as everywhere.
    const role = viewer.needsSecondFactor ? viewer.role : ownRole
    const actors = actorsOf({ ...viewer, role, factoryId: viewerFactoryId }, order)
    const isDesigner = role === 'DESIGNER' && order.designerIds.includes(viewer.userId)
    if (actors.length === 0 && !isDesigner) throw notFound('order')
    return {
      ...order,
      isCustomer: actors.includes('CUSTOMER'),
      isFactory: actors.includes('FACTORY'),
      isStaff: actors.includes('STAFF'),
      isDesigner,
    }
  }
}
