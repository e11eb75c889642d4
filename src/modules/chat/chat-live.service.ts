import type { CursorCodec } from '../../kernel/cursor.js'
import type { Viewer } from '../../kernel/viewer.js'
import { checkedEvents } from '../../platform/events/checked-events.js'
import type { EventStreams } from '../../platform/events/event-streams.js'
import type { FeedEvent } from '../../platform/events/stream-feed.js'
import type { OrderFinder } from './chat-access.js'
import type { ChatMessageAddedArgs } from './chat-live.args.js'
import { chatStream, messageNumber } from './chat-stream.js'

export interface ChatLiveDeps {
  readonly streams: EventStreams
  readonly cursors: CursorCodec
  readonly orders: OrderFinder
}

export class ChatLive {
  constructor(private readonly deps: ChatLiveDeps) {}

  /**
   * The messages of a chat, by number, as long as the viewer takes part in the order.
   * @throws NOT_FOUND, BAD_USER_INPUT for a cursor of another chat; the iterator throws CURSOR_EXPIRED, and NOT_FOUND when the right is lost
   */
  async follow(viewer: Viewer, { orderId, after }: ChatMessageAddedArgs): Promise<AsyncIterableIterator<FeedEvent>> {
    const { streams, cursors, orders } = this.deps
    await orders.find(viewer, orderId)
    const start = after == null ? null : messageNumber(cursors, orderId, after, 'after')
    const events = await streams.follow(chatStream(orderId), start)
    return checkedEvents(events, async () => {
      await orders.find(viewer, orderId)
      return true
    })
  }
}
