import type { Pool } from 'pg'
import { Prisma } from '../../generated/prisma/client.js'
import type { OrderStatus, Role } from '../../generated/prisma/enums.js'
import { notFound } from '../../kernel/domain-error.js'
import type { Viewer } from '../../kernel/viewer.js'
import { gathered } from '../../platform/database/gathered.js'
import { runSql } from '../../platform/database/read-shape.js'
import type { CheckEvent } from '../../platform/events/follow.js'
import { FreshAnswers } from '../../platform/events/fresh-answers.js'
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

interface Standing extends Pick<OrderAccess, 'id' | 'number' | 'customerId' | 'factoryId' | 'status'> {
  readonly designerIds: readonly string[] | null
  readonly role: Role
  readonly viewerFactoryId: string | null
}

/**
 * Asks the database who the viewer is now, not what the socket knew when it was opened: roles change, factories lose orders, and
 * accounts are blocked meanwhile. All who ask at once, as the subscribers of an event do, are answered by one statement.
 */
export class OrderAccessQuery {
  private readonly verdicts = new FreshAnswers<boolean>()
  private readonly standing: (pair: string) => Promise<Standing | undefined>

  constructor(pool: Pool) {
    this.standing = gathered((pairs) => readStandings(pool, pairs))
  }

  /** What asks that again before each delivery of the order's events, once for all sockets of a session. @throws NOT_FOUND */
  checkFor(viewer: Viewer, orderId: string): CheckEvent {
    const sessionId = viewer.kind === 'visitor' ? '' : viewer.sessionId
    const find = async () => Boolean(await this.find(viewer, orderId))
    return (event) => this.verdicts.of(event, sessionId, find)
  }

  /** @throws NOT_FOUND unless the viewer is its customer, its factory, a designer of its items, or staff */
  async find(viewer: Viewer, orderId: string): Promise<OrderAccess> {
    if (viewer.kind === 'visitor') throw notFound('order')
    const standing = await this.standing(`${orderId} ${viewer.userId}`)
    if (!standing) throw notFound('order')
    const { role: ownRole, viewerFactoryId, designerIds: designers, ...rest } = standing
    const order = { ...rest, designerIds: designers ?? [] }
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

/** By "order user", for users that are not blocked. */
async function readStandings(pool: Pool, pairs: readonly string[]): Promise<ReadonlyMap<string, Standing>> {
  const asked = pairs.map((pair) => pair.split(' '))
  const rows = await runSql<Standing & { readonly pair: number }>(
    pool,
    Prisma.sql`
      with asked as (
        select * from unnest(${asked.map(([orderId]) => orderId)}::uuid[], ${asked.map(([, userId]) => userId)}::uuid[])
          with ordinality as asked (order_id, user_id, pair)
      ), designers as (
        select l.order_id, array_agg(distinct i.designer_id)::text[] as ids
        from order_lines l join marketplace_items i on i.id = l.item_id
        where l.order_id = any (array(select order_id from asked)) group by l.order_id
      )
      select asked.pair::int, t.id, t.number, t.customer_id as "customerId", t.factory_id as "factoryId", t.status::text,
        u.role::text, u.factory_id as "viewerFactoryId", d.ids as "designerIds"
      from asked join orders t on t.id = asked.order_id join users u on u.id = asked.user_id
      left join designers d on d.order_id = t.id
      where u.blocked_at is null`,
  )
  return new Map(rows.map(({ pair, ...standing }) => [pairs[pair - 1] ?? '', standing]))
}
