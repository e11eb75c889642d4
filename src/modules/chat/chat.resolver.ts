import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Args, Ctx, FieldResolver, Info, Mutation, Resolver, Root } from 'type-graphql'
import type { CursorCodec } from '../../kernel/cursor.js'
import type { Context } from '../../platform/graphql/context.js'
import { Can } from '../../platform/graphql/marks.js'
import { Cursor } from '../../platform/graphql/scalars.js'
import { selectionOf } from '../../platform/graphql/selection-of.js'
import { Order } from '../orders/index.js'
import type { ChatQuery } from './chat.query.js'
import { ChatMessage } from './chat-message.type.js'
import type { ChatReading } from './chat-reading.service.js'
import { messageCursor } from './chat-stream.js'
import { MarkChatReadArgs } from './mark-chat-read.args.js'
import type { MessageSending } from './message-sending.service.js'
import { SendMessageInput } from './send-message.input.js'

export interface ChatResolverDeps {
  readonly queries: ChatQuery
  readonly sending: MessageSending
  readonly reading: ChatReading
  readonly cursors: CursorCodec
}

@Resolver(() => ChatMessage)
export class ChatResolver {
  constructor(private readonly deps: ChatResolverDeps) {}

  @Can('chat.send')
  @Mutation(() => ChatMessage, {
    description:
      "Says something in an order's chat, as its customer, a designer of its items, its factory or staff; to others the order is NOT_FOUND. The sender's own read mark moves to it.",
  })
  async sendMessage(
    @Arg('input', () => SendMessageInput, { description: 'What to say, and where.' }) input: SendMessageInput,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ChatMessage> {
    const id = await this.deps.sending.send(context.viewer, input)
    return this.deps.queries.messageById(id, selectionOf(info))
  }

  @Can('chat.read')
  @Mutation(() => Order, {
    description: "Moves the viewer's read mark in an order's chat forward. Others see it in `readBy`.",
  })
  async markChatRead(
    @Args(() => MarkChatReadArgs) args: MarkChatReadArgs,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Order> {
    await this.deps.reading.markRead(context.viewer, args)
    return this.deps.queries.orderById(args.orderId, selectionOf(info))
  }

  @FieldResolver(() => Cursor, {
    description: 'Its place in the chat: for the pages of `messages` and for chatMessageAdded(after).',
  })
  cursor(@Root() message: ChatMessage): string {
    return messageCursor(this.deps.cursors, message.orderId, message.number)
  }
}
