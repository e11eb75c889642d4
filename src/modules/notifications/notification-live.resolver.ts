import type { GraphQLResolveInfo } from 'graphql'
import { Args, Ctx, Info, Resolver, Root, Subscription } from 'type-graphql'
import type { FeedEvent } from '../../platform/events/stream-feed.js'
import type { Context } from '../../platform/graphql/context.js'
import { Can } from '../../platform/graphql/marks.js'
import { selectionOf } from '../../platform/graphql/selection-of.js'
import { subscribeWith } from '../../platform/graphql/subscribe-with.js'
import type { NotificationQuery } from './notification.query.js'
import { Notification } from './notification.type.js'
import type { NotificationLive } from './notification-live.service.js'
import { NotificationAddedArgs } from './notifications.args.js'

@Resolver()
export class NotificationLiveResolver {
  constructor(
    private readonly live: NotificationLive,
    private readonly queries: NotificationQuery,
  ) {}

  @Can('notification.read')
  @Subscription(() => Notification, {
    subscribe: subscribeWith(() => NotificationLiveResolver, 'open'),
    description:
      "The viewer's own notifications. With `after`, every later one once and in order, first the stored ones, then live; CURSOR_EXPIRED when they are no longer kept (30 days). Ends with FORBIDDEN when the account is blocked or gone.",
  })
  notificationAdded(
    @Root() event: FeedEvent,
    @Args(() => NotificationAddedArgs) _args: NotificationAddedArgs,
    @Ctx() { viewer }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Notification> {
    return this.queries.byId(viewer, event.subjectId, selectionOf(info))
  }

  open({ after }: NotificationAddedArgs, { viewer }: Context): Promise<AsyncIterableIterator<FeedEvent>> {
    return this.live.follow(viewer, after ?? null)
  }
}
