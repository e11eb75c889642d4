import DataLoader from 'dataloader'
import type { GraphQLResolveInfo } from 'graphql'
import { Args, Ctx, FieldResolver, Info, Int, Resolver, Root } from 'type-graphql'
import type { CursorCodec } from '../../kernel/cursor.js'
import type { Page } from '../../platform/database/page.js'
import { PageArgs } from '../../platform/graphql/connection.type.js'
import type { Context } from '../../platform/graphql/context.js'
import { perRequest } from '../../platform/graphql/per-request.js'
import { Cursor } from '../../platform/graphql/scalars.js'
import { selectionOf } from '../../platform/graphql/selection-of.js'
import { Order } from '../orders/index.js'
import type { ChatQuery } from './chat.query.js'
import { type ChatMessage, ChatMessageConnection } from './chat-message.type.js'
import { messageCursor } from './chat-stream.js'

@Resolver(() => Order)
export class OrderChatResolver {
  private readonly unread = perRequest(
    ({ viewer }: Context) => new DataLoader((ids: readonly string[]) => this.queries.unreadCounts(viewer, ids)),
  )

  constructor(
    private readonly queries: ChatQuery,
    private readonly cursors: CursorCodec,
  ) {}

  @FieldResolver(() => ChatMessageConnection, {
    description:
      'The chat between its customer, designers, factory and support, oldest first; `last` reads from the end.',
  })
  messages(
    @Root() order: Order,
    @Args(() => PageArgs) page: PageArgs,
    @Info() info: GraphQLResolveInfo,
  ): Page<ChatMessage> | Promise<Page<ChatMessage>> {
    return this.queries.messagesOf(order, page, selectionOf(info))
  }

  @FieldResolver(() => Int, {
    description:
      "Messages of other people beyond the viewer's own read mark. Deleted and SYSTEM messages do not count; an edit makes nothing unread again.",
  })
  unreadMessageCount(@Root() order: Order, @Ctx() context: Context): Promise<number> {
    return this.unread(context).load(order.id)
  }

  @FieldResolver(() => Cursor, {
    description:
      'The end of the chat as it was read here: subscribe to chatMessageAdded after it and nothing is missed.',
  })
  lastMessageCursor(@Root() order: Order & { readonly lastMessageCursor?: number }): string {
    return messageCursor(this.cursors, order.id, order.lastMessageCursor ?? 0)
  }
}
