import type { Pool } from 'pg'
import { Prisma } from '../../generated/prisma/client.js'
import type { CursorCodec } from '../../kernel/cursor.js'
import { notFound } from '../../kernel/domain-error.js'
import type { Viewer } from '../../kernel/viewer.js'
import type { Page, PageArguments } from '../../platform/database/page.js'
import {
  countRows,
  newestFirst,
  preloadedPage,
  readOne,
  readPage,
  readRows,
} from '../../platform/database/read-shape.js'
import type { Selection } from '../../platform/database/selection.js'
import type { MarketplaceItem } from '../marketplace/index.js'
import { type Order, orderShape, participatingOrders } from '../orders/index.js'
import { reviewShape } from './review.shape.js'
import type { Review } from './review.type.js'

export class ReviewQuery {
  constructor(
    private readonly pool: Pool,
    private readonly cursors: CursorCodec,
  ) {}

  /** A review that the viewer has just written or answered. */
  async byId(id: string, selection: Selection): Promise<Review> {
    const review = await readOne<Review>(this.pool, {
      shape: reviewShape,
      selection,
      where: Prisma.sql`t.id = ${id}::uuid`,
    })
    if (!review) throw notFound('review')
    return review
  }

  /** The visible reviews of an item, newest first. */
  ofItem(item: MarketplaceItem, page: PageArguments, selection: Selection): Page<Review> | Promise<Page<Review>> {
    const where = () => Prisma.sql`t.item_id = ${item.id}::uuid and t.is_visible`
    const count = () => countRows(this.pool, reviewShape, where())
    const read = { cursors: this.cursors, scope: `reviewsOf:${item.id}`, page, selection, count }
    return (
      preloadedPage<Review>(item, 'reviews', read) ??
      readPage(this.pool, { ...read, shape: reviewShape, where: where(), order: newestFirst })
    )
  }

  /** For each id its order, or null where the viewer takes no part in it. Reviews are public, their orders are not. */
  async orders(viewer: Viewer, ids: readonly string[], selection: Selection): Promise<(Order | null)[]> {
    const where = Prisma.sql`t.id = any (${[...ids]}::uuid[]) and ${participatingOrders(viewer)}`
    const rows = await readRows<Order>(this.pool, { shape: orderShape, selection, where })
    const byId = new Map(rows.map((order) => [order.id, order]))
    return ids.map((id) => byId.get(id) ?? null)
  }
}
