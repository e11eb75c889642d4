import type { Pool } from 'pg'
import { Prisma } from '../../generated/prisma/client.js'
import type { Clock } from '../../kernel/clock.js'
import type { CursorCodec } from '../../kernel/cursor.js'
import { forbidden } from '../../kernel/domain-error.js'
import { isStaff, type Viewer } from '../../kernel/viewer.js'
import type { Page } from '../../platform/database/page.js'
import { countRows, newestFirst, preloadedPage, readFound, readPage } from '../../platform/database/read-shape.js'
import type { Selection } from '../../platform/database/selection.js'
import type { Factory } from '../factories/index.js'
import { requirePrivateTo, type User } from '../users/index.js'
import { participatingOrders, requireSignedIn, visibleOrders } from './order.policy.js'
import { orderShape } from './order.shape.js'
import type { Order } from './order.type.js'
import { orderCondition } from './order-condition.js'
import type { OrdersArgs } from './order-filter.input.js'

const SCOPE = 'orders'

/** Orders as screens show them: each answer, with all that hangs on it, is one statement. */
export class OrderQuery {
  constructor(
    private readonly pool: Pool,
    private readonly cursors: CursorCodec,
    private readonly clock: Clock,
  ) {}

  /** @throws NOT_FOUND unless the viewer takes part in it */
  async byId(viewer: Viewer, id: string, selection: Selection): Promise<Order> {
    const where = Prisma.sql`t.id = ${id}::uuid and ${participatingOrders(viewer)}`
    return readFound<Order>(this.pool, { shape: orderShape, selection, where }, 'order')
  }

  /** The viewer's own, those of their factory, or all for staff; newest first. */
  list(viewer: Viewer, args: OrdersArgs, selection: Selection): Promise<Page<Order>> {
    return this.page(visibleOrders(viewer), args, selection)
  }

  /** @throws FORBIDDEN to others than the user and staff */
  async ofUser(viewer: Viewer, user: User, args: OrdersArgs, selection: Selection): Promise<Page<Order>> {
    requirePrivateTo(viewer, user.id)
    return this.pageOf(user, Prisma.sql`t.customer_id = ${user.id}::uuid`, args, selection)
  }

  /** @throws UNAUTHENTICATED to visitors, who see factories too; FORBIDDEN to others than the factory's people and staff */
  async ofFactory(viewer: Viewer, factory: Factory, args: OrdersArgs, selection: Selection): Promise<Page<Order>> {
    const { role, factoryId } = requireSignedIn(viewer)
    const isOwn = role === 'FACTORY' && factoryId === factory.id
    if (!isOwn && !isStaff(viewer)) throw forbidden('Only its own people and staff may see the orders of a factory.')
    return this.pageOf(factory, Prisma.sql`t.factory_id = ${factory.id}::uuid`, args, selection)
  }

  // What its parent was read with, unless a filter or a cursor asks for something else.
  private async pageOf(
    parent: object,
    where: Prisma.Sql,
    args: OrdersArgs,
    selection: Selection,
  ): Promise<Page<Order>> {
    const read = { cursors: this.cursors, scope: SCOPE, page: { ...args }, selection }
    const count = () => countRows(this.pool, orderShape, where)
    return (await preloadedPage<Order>(parent, 'orders', { ...read, count })) ?? this.page(where, args, selection)
  }

  private page(visible: Prisma.Sql, { filter, ...page }: OrdersArgs, selection: Selection): Promise<Page<Order>> {
    return readPage<Order>(this.pool, {
      shape: orderShape,
      selection,
      where: Prisma.sql`${visible}${orderCondition(filter ?? {}, this.clock.now())}`,
      cursors: this.cursors,
      scope: SCOPE,
      order: newestFirst,
      page,
    })
  }
}
