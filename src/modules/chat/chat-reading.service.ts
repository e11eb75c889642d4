import type { CursorCodec } from '../../kernel/cursor.js'
import { unauthenticated } from '../../kernel/domain-error.js'
import type { Viewer } from '../../kernel/viewer.js'
import type { Database } from '../../platform/database/database.js'
import { inTransaction } from '../../platform/database/transaction.js'
import type { OrderFinder } from './chat-access.js'
import { messageNumber } from './chat-stream.js'
import type { MarkChatReadArgs } from './mark-chat-read.args.js'
import type { ChatReadListener } from './message-record.js'
import { moveReadMark } from './read-mark.js'

export interface ChatReadingDeps {
  readonly database: Database
  readonly cursors: CursorCodec
  readonly orders: OrderFinder
  /** Told of everybody who has read a chat, in the transaction that notes it. */
  readonly announce: ChatReadListener
}

export class ChatReading {
  constructor(private readonly deps: ChatReadingDeps) {}

  /** @throws NOT_FOUND, BAD_USER_INPUT for a cursor of another chat */
  async markRead(viewer: Viewer, { orderId, upTo }: MarkChatReadArgs): Promise<void> {
    if (viewer.kind === 'visitor') throw unauthenticated()
    await this.deps.orders.find(viewer, orderId)
    const number = messageNumber(this.deps.cursors, orderId, upTo, 'upTo')
    const { userId } = viewer
    await inTransaction(this.deps.database, async (tx) => {
      await moveReadMark(tx.prisma, { orderId, userId, upTo: number })
      await this.deps.announce(tx, { orderId, userId })
    })
  }
}
