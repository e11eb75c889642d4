import type { Pool } from 'pg'
import { Prisma } from '../../generated/prisma/client.js'
import type { CursorCodec } from '../../kernel/cursor.js'
import { notFound } from '../../kernel/domain-error.js'
import type { Viewer } from '../../kernel/viewer.js'
import type { Page, PageArguments } from '../../platform/database/page.js'
import { countRows, preloadedPage, readOne, readPage, runSql } from '../../platform/database/read-shape.js'
import type { Selection } from '../../platform/database/selection.js'
import { type Order, orderShape } from '../orders/index.js'
import { messageOrder, messageShape } from './chat-message.shape.js'
import type { ChatMessage } from './chat-message.type.js'
import { chatScope } from './chat-stream.js'

/** Reads of chats whose order the caller has checked the viewer takes part in. */
export class ChatQuery {
  constructor(
    private readonly pool: Pool,
    private readonly cursors: CursorCodec,
  ) {}

  async messageById(id: string, selection: Selection): Promise<ChatMessage> {
    const where = Prisma.sql`t.id = ${id}::uuid`
    const message = await readOne<ChatMessage>(this.pool, { shape: messageShape, selection, where })
    if (!message) throw notFound('message')
    return message
  }

  async orderById(id: string, selection: Selection): Promise<Order> {
    const order = await readOne<Order>(this.pool, {
      shape: orderShape,
      selection,
      where: Prisma.sql`t.id = ${id}::uuid`,
    })
    if (!order) throw notFound('order')
    return order
  }

  /** An order's messages, oldest first. */
  messagesOf(order: Order, page: PageArguments, selection: Selection): Page<ChatMessage> | Promise<Page<ChatMessage>> {
    const where = () => Prisma.sql`t.order_id = ${order.id}::uuid`
    const count = () => countRows(this.pool, messageShape, where())
    const read = { cursors: this.cursors, scope: chatScope(order.id), page, selection, count }
    return (
      preloadedPage<ChatMessage>(order, 'messages', read) ??
      readPage(this.pool, { ...read, shape: messageShape, where: where(), order: messageOrder })
    )
  }

  /** For each order, how many messages of other people lie beyond the viewer's read mark. What the order itself said is not to be answered. */
  async unreadCounts(viewer: Viewer, orderIds: readonly string[]): Promise<number[]> {
    if (viewer.kind === 'visitor') return orderIds.map(() => 0)
    const rows = await runSql<{ order_id: string; unread: number }>(
      this.pool,
      Prisma.sql`
        select wanted.order_id, count(m.id)::int as unread
        from unnest(${[...orderIds]}::uuid[]) as wanted (order_id)
        left join chat_reads r on r.order_id = wanted.order_id and r.user_id = ${viewer.userId}::uuid
        join chat_messages m on m.order_id = wanted.order_id and m.number > coalesce(r.up_to, 0)
        where m.sender_id is distinct from ${viewer.userId}::uuid and m.sender_role <> 'SYSTEM' and m.deleted_at is null
        group by wanted.order_id`,
    )
    const unread = new Map(rows.map((row) => [row.order_id, row.unread]))
    return orderIds.map((id) => unread.get(id) ?? 0)
  }
}
