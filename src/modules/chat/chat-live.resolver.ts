import type { GraphQLResolveInfo } from 'graphql'
import { Args, Info, Resolver, Root, Subscription } from 'type-graphql'
import type { FeedEvent } from '../../platform/events/stream-feed.js'
import type { Context } from '../../platform/graphql/context.js'
import { Can } from '../../platform/graphql/marks.js'
import { selectionOf } from '../../platform/graphql/selection-of.js'
import { subscribeWith } from '../../platform/graphql/subscribe-with.js'
import type { ChatQuery } from './chat.query.js'
import { ChatMessageAddedArgs } from './chat-live.args.js'
import type { ChatLive } from './chat-live.service.js'
import { ChatMessage } from './chat-message.type.js'

@Resolver()
export class ChatLiveResolver {
  constructor(
    private readonly live: ChatLive,
    private readonly queries: ChatQuery,
  ) {}

  @Can('chat.read')
  @Subscription(() => ChatMessage, {
    subscribe: subscribeWith(() => ChatLiveResolver, 'open'),
    description:
      "The messages of an order's chat, the viewer's own included. With `after`, every later one once and in order, first the stored ones, then live; CURSOR_EXPIRED when they are no longer kept (30 days): load anew and follow from there. Ends with NOT_FOUND when the viewer stops taking part.",
  })
  chatMessageAdded(
    @Root() event: FeedEvent,
    @Args(() => ChatMessageAddedArgs) _args: ChatMessageAddedArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ChatMessage> {
    return this.queries.messageById(event.subjectId, selectionOf(info))
  }

  open(args: ChatMessageAddedArgs, context: Context): Promise<AsyncIterableIterator<FeedEvent>> {
    return this.live.follow(context.viewer, args)
  }
}
