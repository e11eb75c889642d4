import type { Pool } from 'pg'
import type { CursorCodec } from '../../kernel/cursor.js'
import { forbidden, notFound } from '../../kernel/domain-error.js'
import type { SignedInViewer, Viewer } from '../../kernel/viewer.js'
import { gatheredRows } from '../../platform/database/gathered-rows.js'
import type { Selection } from '../../platform/database/selection.js'
import type { EventStreams } from '../../platform/events/event-streams.js'
import type { CheckEvent } from '../../platform/events/follow.js'
import type { FeedEvent } from '../../platform/events/stream-feed.js'
import { eventOwnership, type OwnershipOf } from './event-ownership.query.js'
import { requireSignedIn } from './order.policy.js'
import { orderEventShape } from './order.shape.js'
import type { OrderAccessQuery } from './order-access.query.js'
import type { OrderStatusEvent } from './order-event.type.js'
import { cursorScope, customerStream, factoryStream, orderStream } from './order-streams.js'

/** Events of orders as they happen. Rights are asked of the database when a stream is opened and again before each delivery. */
export class OrderLive {
  private readonly ownership: OwnershipOf
  private readonly events: (id: string, selection: Selection) => Promise<OrderStatusEvent | undefined>

  constructor(
    pool: Pool,
    private readonly streams: EventStreams,
    private readonly cursors: CursorCodec,
    private readonly access: OrderAccessQuery,
  ) {
    this.ownership = eventOwnership(pool)
    this.events = gatheredRows(pool, orderEventShape)
  }

  /** @throws NOT_FOUND, BAD_USER_INPUT for a foreign cursor; the iterator throws CURSOR_EXPIRED, and NOT_FOUND when the right is lost */
  async followOrder(viewer: Viewer, orderId: string, after: string | null): Promise<AsyncIterableIterator<FeedEvent>> {
    await this.access.find(viewer, orderId)
    return this.follow(orderStream(orderId), after, this.access.checkFor(viewer, orderId))
  }

  /** The viewer's own orders; for FACTORY those assigned to it. @throws as above, but FORBIDDEN when the account is not what it was */
  async followOwn(viewer: Viewer, after: string | null): Promise<AsyncIterableIterator<FeedEvent>> {
    const signedIn = requireSignedIn(viewer)
    return this.follow(ownStream(signedIn), after, ({ subjectId }) => this.mayHear(signedIn, subjectId))
  }

  /** An event whose delivery was checked, with the cursor of its order's stream. */
  async event({ subjectId }: FeedEvent, selection: Selection): Promise<OrderStatusEvent> {
    const event = await this.events(subjectId, selection)
    if (!event) throw notFound('order')
    return event
  }

  /** The same, with the cursor of the viewer's own stream. */
  async ownEvent(viewer: Viewer, event: FeedEvent, selection: Selection): Promise<OrderStatusEvent> {
    const scope = cursorScope(ownStream(requireSignedIn(viewer)))
    return {
      ...(await this.event(event, selection)),
      deliveredCursor: this.cursors.encode(scope, [event.number.toString()]),
    }
  }

  private follow(stream: string, after: string | null, check: CheckEvent) {
    // What the cursor carries is ours: its MAC was checked.
    const start = after === null ? null : BigInt(String(this.cursors.decode(cursorScope(stream), after)[0]))
    return this.streams.follow(stream, start, check)
  }

  // False for an order that has gone to another factory since: it is left out, and the stream goes on.
  private async mayHear({ userId, role, factoryId }: SignedInViewer, eventId: string): Promise<boolean> {
    const now = await this.ownership(eventId, userId)
    const isFactory = now?.role === 'FACTORY'
    const isSame =
      now !== undefined && isFactory === (role === 'FACTORY') && (!isFactory || now.viewerFactoryId === factoryId)
    if (!isSame) throw forbidden('Your account no longer follows these orders.')
    return isFactory ? now.factoryId === factoryId : now.customerId === userId
  }
}

/** @throws FORBIDDEN to a FACTORY account that belongs to no factory */
function ownStream({ role, factoryId, userId }: SignedInViewer): string {
  if (role !== 'FACTORY') return customerStream(userId)
  if (factoryId === null) throw forbidden('Your account belongs to no factory.')
  return factoryStream(factoryId)
}
