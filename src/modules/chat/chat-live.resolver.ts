import type { GraphQLResolveInfo } from 'graphql'
import { Args, Info, Resolver, Root, Subscription } from 'type-graphql'
import type { FeedEvent } from '../../platform/events/stream-feed.js'
import type { Context } from '../../platform/graphql/context.js'
import { Can } from '../../platform/graphql/marks.js'
import { selectionOf } from '../../platform/graphql/selection-of.js'
import { subscribeWith } from '../../platform/graphql/subscribe-with.js'
import { ChatMessageAddedArgs } from './chat-live.args.js'
import type { ChatLive } from './chat-live.service.js'
import { ChatMessage } from './chat-message.type.js'

@Resolver()
export class ChatLiveResolver {
  constructor(private readonly live: ChatLive) {}

  @Can('chat.read')
  @Subscription(() => ChatMessage, {
    subscribe: subscribeWith(() => ChatLiveResolver, 'open'),
    description:
      "What happens in an order's chat, the viewer's own doing included: a message that was sent, and again, under the same id and with a later `editedAt` or `deletedAt`, one that was edited or deleted. A message comes as it is when it is delivered, with the cursor of its event, after which to resume: a cache that knows messages by their id is right when it just takes it in, and adds to its list those that it has not met. With `after`, every later event once and in order, first the stored ones, then live; CURSOR_EXPIRED when they are no longer kept (30 days): load anew and follow from there. Ends with NOT_FOUND when the viewer stops taking part.",
  })
  async chatMessageAdded(
    @Root() event: FeedEvent,
    @Args(() => ChatMessageAddedArgs) _args: ChatMessageAddedArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ChatMessage> {
    return this.live.message(event, selectionOf(info))
  }

  open(args: ChatMessageAddedArgs, context: Context): Promise<AsyncIterableIterator<FeedEvent>> {
    return this.live.follow(context.viewer, args)
  }
}
