import type { Transaction } from '../../platform/database/transaction.js'
import type { Platform } from '../../platform/platform.js'
import type { Room } from '../../platform/room.js'
import type { Orders } from '../orders/index.js'
import { deliveryJobs } from './delivery/channels.js'
import { emailDelivery } from './delivery/email-delivery.job.js'
import { telegramDelivery } from './delivery/telegram-delivery.job.js'
import type { Notice } from './notice.js'
import { NoticeBoard } from './notice-board.js'
import { orderHearing, tellOverdue } from './notices/order-hearing.js'
import { NotificationQuery } from './notification.query.js'
import { NotificationResolver } from './notification.resolver.js'
import { addNotificationsToUsers } from './notification.shape.js'
import { NotificationLiveResolver } from './notification-live.resolver.js'
import { NotificationLive } from './notification-live.service.js'
import { NotificationMarking } from './notification-marking.service.js'
import { pruneNotifications } from './notification-pruning.job.js'
import { notificationStream } from './notification-stream.js'
import { PreferenceKeeping } from './preference-keeping.service.js'
import { UserNotificationsResolver } from './user-notifications.resolver.js'

export interface NotificationsDeps {
  readonly orders: Pick<Orders, 'onEvent' | 'onOverdue'>
}

/** What compose.ts connects the announcements of other rooms to. Each belongs into the transaction of what it tells of. */
export interface Notifications {
  notify(tx: Transaction, notice: Notice): void
}

addNotificationsToUsers()

/** What people are told: stored, streamed, and sent where else they want to hear of it. */
export function createNotificationsRoom(
  platform: Platform,
  { orders }: NotificationsDeps,
): Room & { readonly notifications: Notifications } {
  const { streams, cursors } = platform
  const board = new NoticeBoard(platform)
  const queries = new NotificationQuery(platform)
  const marking = new NotificationMarking(platform)
  const preferences = new PreferenceKeeping(platform)
  orders.onEvent(orderHearing(board))
  orders.onOverdue((tx, order) => tellOverdue(board, tx, order))
  return {
    resolvers: [
      new NotificationResolver({ queries, marking, preferences, cursors }),
      new UserNotificationsResolver(queries, preferences, cursors),
      new NotificationLiveResolver(new NotificationLive(platform), queries),
    ],
    jobs: {
      [deliveryJobs.email]: emailDelivery(platform),
      [deliveryJobs.telegram]: telegramDelivery(platform),
      'prune-notifications': pruneNotifications(platform),
    },
    crontab: ['41 3 * * * prune-notifications ?max=1'],
    async forget(tx, userId) {
      await tx.prisma.notification.deleteMany({ where: { userId } })
      await tx.prisma.notificationPreferences.deleteMany({ where: { userId } })
      await streams.drop(tx, [notificationStream(userId)])
    },
    notifications: {
      notify: (tx, notice) => board.notify(tx, notice),
    },
  }
}
