import type { GraphQLResolveInfo } from 'graphql'
import { Args, Ctx, Info, Mutation, Resolver, Root, Subscription } from 'type-graphql'
import type { Context } from '../../platform/graphql/context.js'
import { Can } from '../../platform/graphql/marks.js'
import { selectionOf } from '../../platform/graphql/selection-of.js'
import { subscribeWith } from '../../platform/graphql/subscribe-with.js'
import type { ChatTyping } from './chat-typing.service.js'
import { ChatTypingArgs, SetTypingArgs } from './typing.args.js'
import { TypingSignal } from './typing-signal.type.js'
import type { Typing } from './typists.js'

@Resolver()
export class ChatTypingResolver {
  constructor(private readonly typing: ChatTyping) {}

  @Can('chat.send')
  @Mutation(() => Boolean, {
    description:
      'Tells who looks at the chat that the viewer is writing, or is not any more. Always true; a signal may be lost. RATE_LIMITED after 60 in a minute.',
  })
  async setTyping(
    @Args(() => SetTypingArgs) { orderId, isTyping }: SetTypingArgs,
    @Ctx() { viewer }: Context,
  ): Promise<boolean> {
    await this.typing.say(viewer, orderId, isTyping)
    return true
  }

  @Can('chat.read')
  @Subscription(() => TypingSignal, {
    subscribe: subscribeWith(() => ChatTypingResolver, 'open'),
    description:
      "Who of the others in an order's chat begins and stops to write, from now on. Nothing is stored and nothing repeated. Ends with NOT_FOUND when the viewer stops taking part.",
  })
  chatTyping(
    @Root() typing: Typing,
    @Args(() => ChatTypingArgs) _args: ChatTypingArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<TypingSignal> {
    return this.typing.signal(typing, selectionOf(info))
  }

  open({ orderId }: ChatTypingArgs, { viewer }: Context): Promise<AsyncIterableIterator<Typing>> {
    return this.typing.follow(viewer, orderId)
  }
}
