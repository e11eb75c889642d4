import { NotificationStatus, NotificationType } from '../../generated/prisma/enums.js'
import { describeEnum } from '../../platform/graphql/describe-enum.js'

describeEnum(
  NotificationType,
  'NotificationType',
  'What a notification is about. E-mail and Telegram are chosen by it; in the app every notification is kept.',
  {
    SYSTEM: 'Generations that ended, reviews, and the rest.',
    ORDER: 'Orders that one placed, produces or looks after.',
    PAYMENT: 'Money: payments, deposits, refunds, plans and earnings.',
    SUPPORT: 'What people say: messages in the chats of orders.',
  },
)

describeEnum(NotificationStatus, 'NotificationStatus', 'What its person has done with a notification.', {
  UNREAD: 'Nothing yet. Counted by `unreadNotificationCount`.',
  READ: 'Read, by markNotificationsRead.',
  ARCHIVED: 'Put away, by archiveNotification. For good.',
})

export { NotificationStatus, NotificationType }
