import type { GraphQLResolveInfo } from 'graphql'
import { Args, Ctx, FieldResolver, Info, Int, Resolver, Root } from 'type-graphql'
import type { CursorCodec } from '../../kernel/cursor.js'
import type { Page } from '../../platform/database/page.js'
import type { Context } from '../../platform/graphql/context.js'
import { Cursor } from '../../platform/graphql/scalars.js'
import { selectionOf } from '../../platform/graphql/selection-of.js'
import { User } from '../users/index.js'
import type { NotificationQuery } from './notification.query.js'
import { type Notification, NotificationConnection } from './notification.type.js'
import { NotificationPreferences } from './notification-preferences.type.js'
import { notificationCursor } from './notification-stream.js'
import { NotificationsArgs } from './notifications.args.js'
import type { PreferenceKeeping } from './preference-keeping.service.js'

@Resolver(() => User)
export class UserNotificationsResolver {
  constructor(
    private readonly queries: NotificationQuery,
    private readonly preferences: PreferenceKeeping,
    private readonly cursors: CursorCodec,
  ) {}

  @FieldResolver(() => NotificationConnection, {
    description:
      'What this person was told in the last 90 days, newest first. FORBIDDEN to others than themselves and staff.',
  })
  notifications(
    @Root() user: User,
    @Args(() => NotificationsArgs) args: NotificationsArgs,
    @Ctx() { viewer }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<Notification>> {
    return this.queries.ofUser(viewer, user, args, selectionOf(info))
  }

  @FieldResolver(() => Int, { description: 'Those that are UNREAD. FORBIDDEN to others than themselves and staff.' })
  unreadNotificationCount(@Root() user: User, @Ctx() { viewer }: Context): Promise<number> {
    return this.queries.unreadCount(viewer, user)
  }

  @FieldResolver(() => Cursor, {
    description:
      'The end of the notifications as they were read here: subscribe to notificationAdded after it and nothing is missed. FORBIDDEN to others than themselves and staff.',
  })
  async lastNotificationCursor(@Root() user: User, @Ctx() { viewer }: Context): Promise<string> {
    return notificationCursor(this.cursors, user.id, await this.queries.lastNumber(viewer, user))
  }

  @FieldResolver(() => NotificationPreferences, {
    description: 'Where else this person is told. FORBIDDEN to others than themselves and staff.',
  })
  notificationPreferences(@Root() user: User, @Ctx() { viewer }: Context): Promise<NotificationPreferences> {
    return this.preferences.of(viewer, user)
  }
}
