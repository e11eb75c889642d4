import { ArrayMaxSize, ValidateNested } from 'class-validator'
import { ArgsType, Field, InputType } from 'type-graphql'
import { ForwardPageArgs } from '../../platform/graphql/connection.type.js'
import { Cursor, UUID } from '../../platform/graphql/scalars.js'
import { NotificationStatus, NotificationType } from './notification.enums.js'

@InputType({ description: 'Which notifications to list; everything given must hold.' })
export class NotificationFilter {
  @Field(() => [NotificationType], {
    nullable: true,
    description: 'Of any of these types, up to 4. An empty list is no restriction.',
  })
  @ArrayMaxSize(4, { message: 'must be at most 4' })
  type?: NotificationType[] | null

  @Field(() => [NotificationStatus], {
    nullable: true,
    description: 'In any of these statuses, up to 3. An empty list is no restriction.',
  })
  @ArrayMaxSize(3, { message: 'must be at most 3' })
  status?: NotificationStatus[] | null
}

@ArgsType()
export class NotificationsArgs extends ForwardPageArgs {
  @Field(() => NotificationFilter, { nullable: true, description: 'All of them when absent, archived ones too.' })
  @ValidateNested()
  filter?: NotificationFilter | null
}

@ArgsType()
export class NotificationAddedArgs {
  @Field(() => Cursor, {
    nullable: true,
    description:
      'Deliver what came after it: `User.lastNotificationCursor`, or the cursor of a notification or of a page of them. From now on when absent.',
  })
  after?: string | null
}

@ArgsType()
export class MarkNotificationsReadArgs {
  @Field(() => [UUID], {
    nullable: true,
    description: 'Of notifications of yours, up to 100; all that are unread when absent.',
  })
  @ArrayMaxSize(100, { message: 'must be at most 100' })
  ids?: string[] | null
}
