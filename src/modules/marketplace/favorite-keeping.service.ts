import type { Clock } from '../../kernel/clock.js'
import { unauthenticated } from '../../kernel/domain-error.js'
import type { Viewer } from '../../kernel/viewer.js'
import type { Database } from '../../platform/database/database.js'
import { select } from '../../platform/database/selection.js'
import type { ItemQuery } from './item.query.js'
import type { SetFavoriteArgs } from './set-favorite.args.js'

const onlyItsId = select('id')

export interface FavoriteKeepingDeps {
  readonly database: Database
  readonly clock: Clock
  readonly items: Pick<ItemQuery, 'byId'>
}

export class FavoriteKeeping {
  constructor(private readonly deps: FavoriteKeepingDeps) {}

  /** Setting what is set already changes nothing, not even since when. @throws NOT_FOUND when the viewer may not see the item */
  async set(viewer: Viewer, { itemId, favorite }: SetFavoriteArgs): Promise<void> {
    if (viewer.kind === 'visitor') throw unauthenticated()
    await this.deps.items.byId(viewer, itemId, onlyItsId)
    const { favorite: favorites } = this.deps.database.prisma
    const key = { userId: viewer.userId, itemId }
    // The primary key decides between requests of the same moment: each is one statement, and the later one finds it done.
    if (favorite)
      await favorites.createMany({ data: { ...key, createdAt: this.deps.clock.now() }, skipDuplicates: true })
    else await favorites.deleteMany({ where: key })
  }
}
