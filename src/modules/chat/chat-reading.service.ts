import type { CursorCodec } from '../../kernel/cursor.js'
import { unauthenticated } from '../../kernel/domain-error.js'
import type { Viewer } from '../../kernel/viewer.js'
import type { Database } from '../../platform/database/database.js'
import type { OrderFinder } from './chat-access.js'
import { messageNumber } from './chat-stream.js'
import type { MarkChatReadArgs } from './mark-chat-read.args.js'
import { moveReadMark } from './read-mark.js'

export interface ChatReadingDeps {
  readonly database: Database
  readonly cursors: CursorCodec
  readonly orders: OrderFinder
}

export class ChatReading {
  constructor(private readonly deps: ChatReadingDeps) {}

  /** @throws NOT_FOUND, BAD_USER_INPUT for a cursor of another chat */
  async markRead(viewer: Viewer, { orderId, upTo }: MarkChatReadArgs): Promise<void> {
    if (viewer.kind === 'visitor') throw unauthenticated()
    await this.deps.orders.find(viewer, orderId)
    const number = messageNumber(this.deps.cursors, orderId, upTo, 'upTo')
    await moveReadMark(this.deps.database.prisma, { orderId, userId: viewer.userId, upTo: number })
  }
}
