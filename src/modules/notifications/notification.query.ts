import DataLoader from 'dataloader'
import { Prisma } from '../../generated/prisma/client.js'
import { isSelf, isStaff, type Viewer } from '../../kernel/viewer.js'
import type { Page } from '../../platform/database/page.js'
import {
  countRows,
  type KeysetOrder,
  preloadedPage,
  readFound,
  readPage,
  runSql,
} from '../../platform/database/read-shape.js'
import type { Selection } from '../../platform/database/selection.js'
import type { Platform } from '../../platform/platform.js'
import { type Order, participatingOrders } from '../orders/index.js'
import { requirePrivateTo, type User } from '../users/index.js'
import { lastNumberSql, notificationShape, unreadCountSql } from './notification.shape.js'
import type { Notification } from './notification.type.js'
import { notificationScope } from './notification-stream.js'
import type { NotificationFilter, NotificationsArgs } from './notifications.args.js'

const newestFirst: KeysetOrder = { keys: [{ column: 'number', type: 'bigint' }], descending: true }

/** What people were told, as they and staff see it. */
export class NotificationQuery {
  constructor(private readonly platform: Pick<Platform, 'database' | 'cursors'>) {}

  /** @throws NOT_FOUND unless it is the viewer's own */
  byId(viewer: Viewer, id: string, selection: Selection): Promise<Notification> {
    const userId = viewer.kind === 'user' ? viewer.userId : null
    const where = Prisma.sql`t.id = ${id}::uuid and t.user_id = ${userId}::uuid`
    return readFound<Notification>(this.pool, { shape: notificationShape, selection, where }, 'notification')
  }

  /** Newest first. @throws FORBIDDEN to others than the user and staff */
  async ofUser(
    viewer: Viewer,
    user: User,
    { filter, ...page }: NotificationsArgs,
    selection: Selection,
  ): Promise<Page<Notification>> {
    requirePrivateTo(viewer, user.id)
    const where = Prisma.sql`t.user_id = ${user.id}::uuid${conditionOf(filter ?? {})}`
    const list = { cursors: this.platform.cursors, scope: notificationScope(user.id), selection }
    const count = () => countRows(this.pool, notificationShape, where)
    const read = { ...list, page: { ...page, ...(filter && { filter }) }, count }
    const preloaded = await preloadedPage<Notification>(user, 'notifications', read)
    return (
      preloaded ??
      readPage<Notification>(this.pool, { ...list, page, shape: notificationShape, where, order: newestFirst })
    )
  }

  /** @throws FORBIDDEN to others than the user and staff */
  async unreadCount(viewer: Viewer, user: User & { readonly unreadNotificationCount?: number }): Promise<number> {
    requirePrivateTo(viewer, user.id)
    return user.unreadNotificationCount ?? (await this.numberOf(user.id, unreadCountSql('t')))
  }

  /** @throws FORBIDDEN to others than the user and staff */
  async lastNumber(viewer: Viewer, user: User & { readonly lastNotificationCursor?: number }): Promise<number> {
    requirePrivateTo(viewer, user.id)
    return user.lastNotificationCursor ?? (await this.numberOf(user.id, lastNumberSql('t')))
  }

  /** The order of a notification, if the viewer takes part in it now: a factory loses orders, and a person their role. */
  async visibleOrder(
    viewer: Viewer,
    order: Order | null | undefined,
    visible: DataLoader<string, boolean>,
  ): Promise<Order | null> {
    if (!order) return null
    if (isSelf(viewer, order.customerId) || isStaff(viewer)) return order
    return (await visible.load(order.id)) ? order : null
  }

  /** Which orders the viewer takes part in, in one statement. */
  visibleOrders(viewer: Viewer): DataLoader<string, boolean> {
    return new DataLoader(async (ids: readonly string[]) => {
      const rows = await runSql<{ id: string }>(
        this.pool,
        Prisma.sql`select t.id from orders t where t.id = any(${[...ids]}::uuid[]) and ${participatingOrders(viewer)}`,
      )
      const visible = new Set(rows.map(({ id }) => id))
      return ids.map((id) => visible.has(id))
    })
  }

  private get pool() {
    return this.platform.database.pool
  }

  private async numberOf(userId: string, sql: string): Promise<number> {
    const [row] = await runSql<{ number: string }>(
      this.pool,
      Prisma.sql`select ${Prisma.raw(sql)} as number from users t where t.id = ${userId}::uuid`,
    )
    return Number(row?.number ?? 0)
  }
}

function conditionOf({ type, status }: NotificationFilter): Prisma.Sql {
  const conditions: Prisma.Sql[] = []
  if (type?.length) conditions.push(Prisma.sql` and t.type = any(${type}::notification_type[])`)
  if (status?.length) conditions.push(Prisma.sql` and t.status = any(${status}::notification_status[])`)
  return conditions.length > 0 ? Prisma.join(conditions, '') : Prisma.empty
}
