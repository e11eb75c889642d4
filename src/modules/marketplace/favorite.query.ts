import type { Pool } from 'pg'
import { Prisma } from '../../generated/prisma/client.js'
import type { CursorCodec } from '../../kernel/cursor.js'
import { unauthenticated } from '../../kernel/domain-error.js'
import type { Viewer } from '../../kernel/viewer.js'
import type { Page, PageArguments } from '../../platform/database/page.js'
import { readPage, runSql } from '../../platform/database/read-shape.js'
import type { Selection } from '../../platform/database/selection.js'
import { favoriteShape, latestFavoriteFirst } from './favorite.shape.js'
import { visibleItems } from './item.policy.js'
import type { MarketplaceItem } from './item.type.js'

export class FavoriteQuery {
  constructor(
    private readonly pool: Pool,
    private readonly cursors: CursorCodec,
  ) {}

  /** The viewer's favorites that they may still see, the latest first. @throws BAD_USER_INPUT for a cursor of another list */
  async list(viewer: Viewer, page: PageArguments, selection: Selection): Promise<Page<MarketplaceItem>> {
    if (viewer.kind === 'visitor') throw unauthenticated()
    return readPage(this.pool, {
      shape: favoriteShape,
      selection,
      where: Prisma.sql`t.fan_id = ${viewer.userId}::uuid and ${visibleItems(viewer)}`,
      cursors: this.cursors,
      scope: `favorites:${viewer.userId}`,
      order: latestFavoriteFirst,
      page,
    })
  }

  /** For each item whether it is a favorite of the viewer, in one statement; in none for visitors. */
  async areFavorites(viewer: Viewer, itemIds: readonly string[]): Promise<boolean[]> {
    if (viewer.kind === 'visitor') return itemIds.map(() => false)
    const rows = await runSql<{ item_id: string }>(
      this.pool,
      Prisma.sql`select item_id from favorites where user_id = ${viewer.userId}::uuid and item_id = any (${[...itemIds]}::uuid[])`,
    )
    const favorites = new Set(rows.map((row) => row.item_id))
    return itemIds.map((id) => favorites.has(id))
  }
}
