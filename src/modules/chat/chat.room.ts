import type { Platform } from '../../platform/platform.js'
import type { Room } from '../../platform/room.js'
import { ChatQuery } from './chat.query.js'
import { ChatResolver } from './chat.resolver.js'
import { ChatLiveResolver } from './chat-live.resolver.js'
import { ChatLive } from './chat-live.service.js'
import { ChatReading } from './chat-reading.service.js'
import { MessageSending, type MessageSendingDeps } from './message-sending.service.js'
import { OrderChatResolver } from './order-chat.resolver.js'

/** What chat needs of the rooms below it. */
export type ChatDeps = Pick<MessageSendingDeps, 'assets' | 'orders'>

export function createChatRoom({ database, streams, cursors, clock }: Platform, { assets, orders }: ChatDeps): Room {
  const queries = new ChatQuery(database.pool, cursors)
  const sending = new MessageSending({ database, streams, clock, assets, orders })
  const reading = new ChatReading({ database, cursors, orders })
  const live = new ChatLive({ streams, cursors, orders })
  return {
    resolvers: [
      new ChatResolver({ queries, sending, reading, cursors }),
      new ChatLiveResolver(live, queries),
      new OrderChatResolver(queries, cursors),
    ],
    // What was said about an order stays with it.
    async forget(tx, userId) {
      await tx.prisma.chatRead.deleteMany({ where: { userId } })
    },
  }
}
