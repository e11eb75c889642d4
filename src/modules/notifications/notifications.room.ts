import type { Transaction } from '../../platform/database/transaction.js'
import type { Platform } from '../../platform/platform.js'
import type { Room } from '../../platform/room.js'
import type { Chat } from '../chat/index.js'
import type { GenerationsDoor } from '../generations/index.js'
import type { Orders } from '../orders/index.js'
import type { Payments } from '../payments/index.js'
import type { PlansRoom } from '../plans/index.js'
import type { ReviewsDoor } from '../reviews/index.js'
import { deliveryJobs } from './delivery/channels.js'
import { emailDelivery } from './delivery/email-delivery.job.js'
import { telegramDelivery } from './delivery/telegram-delivery.job.js'
import type { Notice } from './notice.js'
import { NoticeBoard } from './notice-board.js'
import { chatHearing, chatReadHearing } from './notices/chat-hearing.js'
import { moneyHearing, planHearing } from './notices/money-hearing.js'
import { orderHearing, tellOverdue } from './notices/order-hearing.js'
import { generationHearing, reviewHearing } from './notices/work-hearing.js'
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

/** The rooms that announce what people are told of. */
export interface NotificationsDeps {
  readonly payments: Pick<Payments, 'onNews'>
  readonly plans: Pick<PlansRoom, 'onNews'>
  readonly generations: Pick<GenerationsDoor, 'onGenerationEnd'>
  readonly orders: Pick<Orders, 'onEvent' | 'onOverdue'>
  readonly reviews: ReviewsDoor
  readonly chat: Chat
}

/** What compose.ts connects the announcements of other rooms to. Each belongs into the transaction of what it tells of. */
export interface Notifications {
  notify(tx: Transaction, notice: Notice): void
}

addNotificationsToUsers()

/** What people are told: stored, streamed, and sent where else they want to hear of it. */
export function createNotificationsRoom(
  platform: Platform,
  { payments, plans, generations, orders, reviews, chat }: NotificationsDeps,
): Room & { readonly notifications: Notifications } {
  const { streams, cursors, clock } = platform
  const board = new NoticeBoard(platform)
  const queries = new NotificationQuery(platform)
  const marking = new NotificationMarking(platform)
  const preferences = new PreferenceKeeping(platform)
  payments.onNews(moneyHearing(board))
  plans.onNews(planHearing(board))
  generations.onGenerationEnd(generationHearing(board))
  orders.onEvent(orderHearing(board))
  orders.onOverdue((tx, order) => tellOverdue(board, tx, order))
  reviews.onReview(reviewHearing(board))
  chat.onMessage(chatHearing(board, clock))
  chat.onRead(chatReadHearing(clock))
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
