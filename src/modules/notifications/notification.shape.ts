import { one, page, Shape, value } from '../../platform/database/shape.js'
import { orderShape } from '../orders/index.js'
import { userShape } from '../users/index.js'

export const notificationShape = new Shape('notifications', ['userId', 'number'], {
  id: value('id'),
  userId: value('user_id'),
  number: value('number'),
  type: value('type'),
  status: value('status'),
  title: value('title'),
  body: value('body'),
  payload: value((row) => `jsonb_build_object('event', ${row}.event) || coalesce(${row}.payload, '{}')`),
  order: one(
    () => orderShape,
    (notification, order) => `${order}.id = ${notification}.order_id`,
  ),
  createdAt: value('created_at'),
  readAt: value('read_at'),
})

/** How many notifications of the user `row` are unread. */
export const unreadCountSql = (row: string): string =>
  `(select count(*)::int from notifications ${row}n where ${row}n.user_id = ${row}.id and ${row}n.status = 'UNREAD')`

/** The number of the last notification of the user `row`; 0 before the first. It outlives the notification. */
export const lastNumberSql = (row: string): string =>
  `coalesce((select ${row}s.last_number from event_streams ${row}s where ${row}s.name = 'notifications-of:' || ${row}.id), 0)`

/** Lets a user be read together with what they were told. */
export function addNotificationsToUsers(): void {
  userShape.extend({
    notifications: page(
      () => notificationShape,
      (user, notification) => `${notification}.user_id = ${user}.id`,
      { keys: ['number'], descending: true },
    ),
    unreadNotificationCount: value(unreadCountSql),
    // Read in the same statement as the page, so nothing fits between the two.
    lastNotificationCursor: value(lastNumberSql),
  })
}
