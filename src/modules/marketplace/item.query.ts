import type { Pool } from 'pg'
import { Prisma } from '../../generated/prisma/client.js'
import type { CursorCodec } from '../../kernel/cursor.js'
import type { Viewer } from '../../kernel/viewer.js'
import type { Page, PageArguments } from '../../platform/database/page.js'
import { countRows, preloadedPage, readFound, readPage } from '../../platform/database/read-shape.js'
import type { Selection } from '../../platform/database/selection.js'
import type { PublicProfile } from '../users/index.js'
import { visibleItems } from './item.policy.js'
import { itemShape, profileItemsOrder } from './item.shape.js'
import type { MarketplaceItem } from './item.type.js'
import { itemCondition } from './item-condition.js'
import { ItemSort, itemOrders } from './item-sort.js'
import type { MarketplaceItemsArgs } from './marketplace-items.args.js'

/** Reads of items, each one statement whatever was selected. */
export class ItemQuery {
  constructor(
    private readonly pool: Pool,
    private readonly cursors: CursorCodec,
  ) {}

  /** @throws NOT_FOUND unless it is published, the viewer made it, or the viewer is staff */
  byId(viewer: Viewer, id: string, selection: Selection): Promise<MarketplaceItem> {
    const where = Prisma.sql`t.id = ${id}::uuid and ${visibleItems(viewer)}`
    return readFound(this.pool, { shape: itemShape, selection, where }, 'design')
  }

  /** @throws BAD_USER_INPUT for a cursor of another list or of another order */
  async published(
    { search, filter, sort, ...page }: MarketplaceItemsArgs,
    selection: Selection,
  ): Promise<Page<MarketplaceItem>> {
    const by = sort ?? ItemSort.NEWEST
    return readPage(this.pool, {
      shape: itemShape,
      selection,
      where: itemCondition(search, filter),
      cursors: this.cursors,
      scope: `marketplaceItems:${by}`,
      order: itemOrders[by],
      page,
    })
  }

  /** The published items of a designer, newest first. */
  async ofDesigner(profile: PublicProfile, page: PageArguments, selection: Selection): Promise<Page<MarketplaceItem>> {
    const where = Prisma.sql`t.designer_id = ${profile.id}::uuid and t.status = 'PUBLISHED'`
    const read = { cursors: this.cursors, scope: `itemsOf:${profile.id}`, page, selection }
    const count = () => countRows(this.pool, itemShape, where)
    return (
      (await preloadedPage<MarketplaceItem>(profile, 'items', { ...read, count })) ??
      readPage(this.pool, { ...read, shape: itemShape, where, order: profileItemsOrder })
    )
  }
}
