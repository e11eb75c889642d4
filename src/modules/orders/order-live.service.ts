import type { Pool } from 'pg'
import { Prisma } from '../../generated/prisma/client.js'
import type { CursorCodec } from '../../kernel/cursor.js'
import { forbidden } from '../../kernel/domain-error.js'
import type { SignedInViewer, Viewer } from '../../kernel/viewer.js'
import { readFound, runSql } from '../../platform/database/read-shape.js'
import type { Selection } from '../../platform/database/selection.js'
import { checkedEvents } from '../../platform/events/checked-events.js'
import type { EventStreams } from '../../platform/events/event-streams.js'
import type { FeedEvent } from '../../platform/events/stream-feed.js'
import { requireSignedIn } from './order.policy.js'
import { orderEventShape } from './order.shape.js'
import type { OrderAccessQuery } from './order-access.query.js'
import type { OrderStatusEvent } from './order-event.type.js'
import { cursorScope, customerStream, factoryStream, orderStream } from './order-streams.js'

/** Events of orders as they happen. Rights are asked of the database when a stream is opened and again before each delivery. */
export class OrderLive {
  constructor(
    private readonly pool: Pool,
    private readonly streams: EventStreams,
    private readonly cursors: CursorCodec,
    private readonly access: OrderAccessQuery,
  ) {}

  /** @throws NOT_FOUND, BAD_USER_INPUT for a foreign cursor; the iterator throws CURSOR_EXPIRED, and NOT_FOUND when the right is lost */
  async followOrder(viewer: Viewer, orderId: string, after: string | null): Promise<AsyncIterableIterator<FeedEvent>> {
    const mayHear = async () => Boolean(await this.access.find(viewer, orderId))
    await mayHear()
    return this.follow(orderStream(orderId), after, mayHear)
  }

  /** The viewer's own orders; for FACTORY those assigned to it. @throws as above, but FORBIDDEN when the account is not what it was */
  async followOwn(viewer: Viewer, after: string | null): Promise<AsyncIterableIterator<FeedEvent>> {
    const signedIn = requireSignedIn(viewer)
    return this.follow(ownStream(signedIn), after, ({ subjectId }) => this.mayHear(signedIn, subjectId))
  }

  /** An event whose delivery was checked, with the cursor of its order's stream. */
  async event({ subjectId }: FeedEvent, selection: Selection): Promise<OrderStatusEvent> {
    const where = Prisma.sql`t.id = ${subjectId}::uuid`
    return readFound<OrderStatusEvent>(this.pool, { shape: orderEventShape, selection, where }, 'order')
  }

  /** The same, with the cursor of the viewer's own stream. */
  async ownEvent(viewer: Viewer, event: FeedEvent, selection: Selection): Promise<OrderStatusEvent> {
    const scope = cursorScope(ownStream(requireSignedIn(viewer)))
    return {
      ...(await this.event(event, selection)),
      deliveredCursor: this.cursors.encode(scope, [event.number.toString()]),
    }
  }

  private async follow(stream: string, after: string | null, check: (event: FeedEvent) => Promise<boolean>) {
    // What the cursor carries is ours: its MAC was checked.
    const start = after === null ? null : BigInt(String(this.cursors.decode(cursorScope(stream), after)[0]))
    return checkedEvents(await this.streams.follow(stream, start), check)
  }

  // False for an order that has gone to another factory since: it is left out, and the stream goes on.
  private async mayHear({ userId, role, factoryId }: SignedInViewer, eventId: string): Promise<boolean> {
    const [now] = await runSql<{ isSame: boolean; isTheirs: boolean }>(
      this.pool,
      Prisma.sql`
        select u.blocked_at is null and (u.role = 'FACTORY') = ${role === 'FACTORY'} and (${role !== 'FACTORY'} or u.factory_id = ${factoryId}::uuid) as "isSame",
          case when u.role = 'FACTORY' then t.factory_id = u.factory_id else t.customer_id = u.id end as "isTheirs"
        from order_events e join orders t on t.id = e.order_id, users u
        where e.id = ${eventId}::uuid and u.id = ${userId}::uuid`,
    )
    if (!now?.isSame) throw forbidden('Your account no longer follows these orders.')
    return now.isTheirs
  }
}

/** @throws FORBIDDEN to a FACTORY account that belongs to no factory */
function ownStream({ role, factoryId, userId }: SignedInViewer): string {
  if (role !== 'FACTORY') return customerStream(userId)
  if (factoryId === null) throw forbidden('Your account belongs to no factory.')
  return factoryStream(factoryId)
}
