import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Args, Ctx, FieldResolver, Info, Int, Mutation, Resolver, Root } from 'type-graphql'
import type { CursorCodec } from '../../kernel/cursor.js'
import type { Context } from '../../platform/graphql/context.js'
import { Can } from '../../platform/graphql/marks.js'
import { perRequest } from '../../platform/graphql/per-request.js'
import { Cursor, UUID } from '../../platform/graphql/scalars.js'
import { selectionOf } from '../../platform/graphql/selection-of.js'
import { Order } from '../orders/index.js'
import type { NotificationQuery } from './notification.query.js'
import { Notification } from './notification.type.js'
import type { NotificationMarking } from './notification-marking.service.js'
import { NotificationPreferences, NotificationPreferencesInput } from './notification-preferences.type.js'
import { notificationCursor } from './notification-stream.js'
import { MarkNotificationsReadArgs } from './notifications.args.js'
import type { PreferenceKeeping } from './preference-keeping.service.js'

export interface NotificationResolverDeps {
  readonly queries: NotificationQuery
  readonly marking: NotificationMarking
  readonly preferences: PreferenceKeeping
  readonly cursors: CursorCodec
}

@Resolver(() => Notification)
export class NotificationResolver {
  private readonly visible = perRequest(({ viewer }: Context) => this.deps.queries.visibleOrders(viewer))

  constructor(private readonly deps: NotificationResolverDeps) {}

  @Can('notification.manage')
  @Mutation(() => Int, {
    description:
      'Marks notifications of the viewer as READ. Answers how many were UNREAD until now. NOT_FOUND, with nothing changed, when an id is of none of yours.',
  })
  markNotificationsRead(
    @Args(() => MarkNotificationsReadArgs) { ids }: MarkNotificationsReadArgs,
    @Ctx() { viewer }: Context,
  ): Promise<number> {
    return this.deps.marking.markRead(viewer, ids ?? null)
  }

  @Can('notification.manage')
  @Mutation(() => Notification, {
    description: 'Puts a notification of the viewer away for good. Harmless to repeat. NOT_FOUND unless it is yours.',
  })
  async archiveNotification(
    @Arg('id', () => UUID, { description: 'Of a notification of yours.' }) id: string,
    @Ctx() { viewer }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Notification> {
    await this.deps.marking.archive(viewer, id)
    return this.deps.queries.byId(viewer, id, selectionOf(info))
  }

  @Can('notification.manage')
  @Mutation(() => NotificationPreferences, {
    description: 'Sets where else the viewer is told, besides the app. Holds for what is sent from now on.',
  })
  setNotificationPreferences(
    @Arg('input', () => NotificationPreferencesInput, { description: 'Both lists as they should be.' })
    input: NotificationPreferencesInput,
    @Ctx() { viewer }: Context,
  ): Promise<NotificationPreferences> {
    return this.deps.preferences.set(viewer, input)
  }

  @FieldResolver(() => Cursor, {
    description: 'Its place among the notifications of its person: for their pages and for notificationAdded(after).',
  })
  cursor(@Root() { userId, number }: Notification): string {
    return notificationCursor(this.deps.cursors, userId, number)
  }

  @FieldResolver(() => Order, {
    nullable: true,
    description: 'The order it is about; null when there is none, or the viewer takes no part in it any more.',
  })
  order(
    @Root() { order }: Notification & { readonly order?: Order | null },
    @Ctx() context: Context,
  ): Promise<Order | null> {
    return this.deps.queries.visibleOrder(context.viewer, order, this.visible(context))
  }
}
