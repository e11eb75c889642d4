import type { Platform } from '../../platform/platform.js'
import type { Room } from '../../platform/room.js'
import type { Orders } from '../orders/index.js'
import { ChatQuery } from './chat.query.js'
import { ChatResolver } from './chat.resolver.js'
import { ChatLiveResolver } from './chat-live.resolver.js'
import { ChatLive } from './chat-live.service.js'
import { ChatReading } from './chat-reading.service.js'
import { ChatTypingResolver } from './chat-typing.resolver.js'
import { ChatTyping } from './chat-typing.service.js'
import { MessageChanging, type MessageChangingDeps } from './message-changing.service.js'
import type { ChatMessageListener, ChatReadListener } from './message-record.js'
import { MessageSending, type MessageSendingDeps } from './message-sending.service.js'
import { OrderChatResolver } from './order-chat.resolver.js'
import { orderNewsreader } from './order-newsreader.js'

/** What chat needs of the rooms below it. */
export interface ChatDeps {
  readonly assets: MessageSendingDeps['assets'] & MessageChangingDeps['assets']
  readonly orders: Orders
}

/** The door for rooms that have to do with what is said. */
export interface Chat {
  /** Has `listener` hear of every message of a person, in the transaction that stores it. Register at start. */
  onMessage(listener: ChatMessageListener): void
  /** Has `listener` hear of everybody who reads a chat, in the transaction that notes it. Register at start. */
  onRead(listener: ChatReadListener): void
}

export function createChatRoom(
  { database, streams, bus, cursors, clock, limits, log }: Platform,
  { assets, orders }: ChatDeps,
): Room & { readonly chat: Chat } {
  const listeners: ChatMessageListener[] = []
  const announce: ChatMessageListener = async (tx, message) => {
    for (const listener of listeners) await listener(tx, message)
  }
  const readListeners: ChatReadListener[] = []
  const announceRead: ChatReadListener = async (tx, read) => {
    for (const listener of readListeners) await listener(tx, read)
  }
  const queries = new ChatQuery(database.pool, cursors)
  const sending = new MessageSending({ database, streams, clock, assets, orders, announce })
  const changing = new MessageChanging({ database, streams, clock, assets, orders })
  const reading = new ChatReading({ database, cursors, orders, announce: announceRead })
  const live = new ChatLive({ pool: database.pool, streams, cursors, orders })
  const typing = new ChatTyping({ pool: database.pool, bus, clock, limits, log, orders })
  orders.onEvent(orderNewsreader(streams, clock))
  return {
    resolvers: [
      new ChatResolver({ queries, sending, changing, reading, cursors }),
      new ChatLiveResolver(live),
      new ChatTypingResolver(typing),
      new OrderChatResolver(queries, cursors),
    ],
    // What was said about an order stays with it.
    async forget(tx, userId) {
      await tx.prisma.chatRead.deleteMany({ where: { userId } })
    },
    chat: {
      onMessage: (listener) => listeners.push(listener),
      onRead: (listener) => readListeners.push(listener),
    },
  }
}
