import type { GraphQLResolveInfo } from 'graphql'
import { Args, Ctx, Info, Resolver, Root, Subscription } from 'type-graphql'
import type { FeedEvent } from '../../platform/events/stream-feed.js'
import type { Context } from '../../platform/graphql/context.js'
import { Can } from '../../platform/graphql/marks.js'
import { selectionOf } from '../../platform/graphql/selection-of.js'
import { subscribeWith } from '../../platform/graphql/subscribe-with.js'
import { MyOrdersChangedArgs, OrderStatusChangedArgs } from './order.args.js'
import { OrderStatusEvent } from './order-event.type.js'
import type { OrderLive } from './order-live.service.js'

@Resolver()
export class OrderLiveResolver {
  constructor(private readonly live: OrderLive) {}

  @Can('order.read')
  @Subscription(() => OrderStatusEvent, {
    subscribe: subscribeWith(() => OrderLiveResolver, 'openOrder'),
    description:
      'The events of one order. With `after`, every later one once and in order, first the stored ones, then live; CURSOR_EXPIRED when they are no longer kept (30 days): load anew and follow from there. NOT_FOUND to whom the order is hidden, also when that happens later.',
  })
  orderStatusChanged(
    @Root() event: FeedEvent,
    @Args(() => OrderStatusChangedArgs) _args: OrderStatusChangedArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<OrderStatusEvent> {
    return this.live.event(event, selectionOf(info))
  }

  @Can('order.read')
  @Subscription(() => OrderStatusEvent, {
    subscribe: subscribeWith(() => OrderLiveResolver, 'openOwn'),
    description:
      "The events of all orders the viewer placed; for FACTORY of those assigned to it, from their assignment on; one that went to another factory is left out from then on, what was not delivered before included. `after` as in orderStatusChanged. Ends with FORBIDDEN when the account's role or factory changes.",
  })
  myOrdersChanged(
    @Root() event: FeedEvent,
    @Args(() => MyOrdersChangedArgs) _args: MyOrdersChangedArgs,
    @Ctx() { viewer }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<OrderStatusEvent> {
    return this.live.ownEvent(viewer, event, selectionOf(info))
  }

  openOrder(
    { orderId, after }: OrderStatusChangedArgs,
    { viewer }: Context,
  ): Promise<AsyncIterableIterator<FeedEvent>> {
    return this.live.followOrder(viewer, orderId, after ?? null)
  }

  openOwn({ after }: MyOrdersChangedArgs, { viewer }: Context): Promise<AsyncIterableIterator<FeedEvent>> {
    return this.live.followOwn(viewer, after ?? null)
  }
}
