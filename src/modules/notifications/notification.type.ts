import { Field, ObjectType } from 'type-graphql'
import { connectionOf } from '../../platform/graphql/connection.type.js'
import { DateTime, JSONObject, UUID } from '../../platform/graphql/scalars.js'
import { NotificationStatus, NotificationType } from './notification.enums.js'

@ObjectType({ description: 'What one person was told of one event. Kept for 90 days.', simpleResolvers: true })
export class Notification {
  @Field(() => UUID, { description: 'For markNotificationsRead and archiveNotification.' })
  id!: string

  @Field(() => NotificationType, { description: 'What it is about.' })
  type!: NotificationType

  @Field(() => NotificationStatus, { description: 'What its person has done with it.' })
  status!: NotificationStatus

  @Field(() => String, {
    description:
      "Plain text, 1 to 100 characters, in the person's language of the moment it was made. Never HTML: escape it.",
  })
  title!: string

  @Field(() => String, { description: 'The same, 1 to 1000 characters. It may repeat what people wrote.' })
  body!: string

  @Field(() => JSONObject, {
    nullable: true,
    description:
      'For programs: always `event`, such as "order.shipped", and ids of what it is about, such as `orderId`, `refundId`, `generationId`, `itemId`. New events and keys may appear.',
  })
  payload!: Record<string, unknown> | null

  @Field(() => DateTime, { description: 'When it happened.' })
  createdAt!: string

  @Field(() => DateTime, { nullable: true, description: 'When it was first read or archived; null while UNREAD.' })
  readAt!: string | null

  // What the cursor is made of, and who it is for.
  readonly number!: number
  readonly userId!: string
}

export const NotificationConnection = connectionOf(Notification, 'Notification')
