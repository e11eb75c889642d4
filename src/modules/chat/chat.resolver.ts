import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Args, Ctx, FieldResolver, Info, Mutation, Resolver, Root } from 'type-graphql'
import type { CursorCodec } from '../../kernel/cursor.js'
import type { Context } from '../../platform/graphql/context.js'
import { Can } from '../../platform/graphql/marks.js'
import { Cursor, UUID } from '../../platform/graphql/scalars.js'
import { selectionOf } from '../../platform/graphql/selection-of.js'
import { Order } from '../orders/index.js'
import type { ChatQuery } from './chat.query.js'
import { ChatMessage } from './chat-message.type.js'
import type { ChatReading } from './chat-reading.service.js'
import { messageCursor } from './chat-stream.js'
import { EditMessageArgs } from './edit-message.args.js'
import { MarkChatReadArgs } from './mark-chat-read.args.js'
import type { MessageChanging } from './message-changing.service.js'
import type { MessageSending } from './message-sending.service.js'
import { SendMessageInput } from './send-message.input.js'

export interface ChatResolverDeps {
  readonly queries: ChatQuery
  readonly sending: MessageSending
  readonly changing: MessageChanging
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

  @Can('chat.send')
  @Mutation(() => ChatMessage, {
    description:
      'Puts other words into a message of the viewer, for 15 minutes after it was sent; its attachments stay. Whoever follows the chat gets it again. FORBIDDEN for the messages of others, INVALID_TRANSITION when it is too late or the message is deleted. The same words again change nothing.',
  })
  async editMessage(
    @Args(() => EditMessageArgs) args: EditMessageArgs,
    @Ctx() { viewer }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ChatMessage> {
    const id = await this.deps.changing.edit(viewer, args)
    return this.deps.queries.messageById(id, selectionOf(info))
  }

  @Can('chat.send')
  @Mutation(() => ChatMessage, {
    description:
      "Takes a message's words and attachments away for good; it keeps its place in the chat. One's own for 15 minutes after it was sent, then INVALID_TRANSITION; staff those of everybody at any time, which is written down in the audit log. FORBIDDEN otherwise, and for SYSTEM messages. Deleting again changes nothing.",
  })
  async deleteMessage(
    @Arg('id', () => UUID, { description: 'A message in the chat of an order the viewer takes part in.' }) id: string,
    @Ctx() { viewer, ip }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<ChatMessage> {
    await this.deps.changing.remove(viewer, id, ip)
    return this.deps.queries.messageById(id, selectionOf(info))
  }

  @FieldResolver(() => Cursor, {
    description:
      'Its place: in `messages`, where it was sent, for their pages and for chatMessageAdded(after); as chatMessageAdded delivers it, that of the event, after which to resume. Messages are in the order in which they were sent, whatever was edited later.',
  })
  cursor(@Root() message: ChatMessage): string {
    return messageCursor(this.deps.cursors, message.orderId, message.deliveredNumber ?? message.number)
  }
}
