import type { Pool } from 'pg'
import type { CursorCodec } from '../../kernel/cursor.js'
import { notFound } from '../../kernel/domain-error.js'
import type { Viewer } from '../../kernel/viewer.js'
import { gatheredRows } from '../../platform/database/gathered-rows.js'
import type { Selection } from '../../platform/database/selection.js'
import type { EventStreams } from '../../platform/events/event-streams.js'
import type { FeedEvent } from '../../platform/events/stream-feed.js'
import type { OrderFinder } from './chat-access.js'
import type { ChatMessageAddedArgs } from './chat-live.args.js'
import { messageShape } from './chat-message.shape.js'
import type { ChatMessage } from './chat-message.type.js'
import { chatStream, messageNumber } from './chat-stream.js'

export interface ChatLiveDeps {
  readonly pool: Pool
  readonly streams: EventStreams
  readonly cursors: CursorCodec
  readonly orders: OrderFinder
}

export class ChatLive {
  private readonly messages: (id: string, selection: Selection) => Promise<ChatMessage | undefined>

  constructor(private readonly deps: ChatLiveDeps) {
    this.messages = gatheredRows(deps.pool, messageShape)
  }

  /**
   * The messages of a chat, by number, as long as the viewer takes part in the order.
   * @throws NOT_FOUND, BAD_USER_INPUT for a cursor of another chat; the iterator throws CURSOR_EXPIRED, and NOT_FOUND when the right is lost
   */
  async follow(viewer: Viewer, { orderId, after }: ChatMessageAddedArgs): Promise<AsyncIterableIterator<FeedEvent>> {
    const { streams, cursors, orders } = this.deps
    await orders.find(viewer, orderId)
    const start = after == null ? null : messageNumber(cursors, orderId, after, 'after')
    return streams.follow(chatStream(orderId), start, orders.checkFor(viewer, orderId))
  }

  /** The message of an event whose delivery was checked. */
  async message({ subjectId, number }: FeedEvent, selection: Selection): Promise<ChatMessage> {
    const message = await this.messages(subjectId, selection)
    if (!message) throw notFound('message')
    return { ...message, deliveredNumber: Number(number) }
  }
}
