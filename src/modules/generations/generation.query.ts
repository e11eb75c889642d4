import { Prisma } from '../../generated/prisma/client.js'
import type { CursorCodec } from '../../kernel/cursor.js'
import type { Viewer } from '../../kernel/viewer.js'
import type { Database } from '../../platform/database/database.js'
import type { Page } from '../../platform/database/page.js'
import { countRows, preloadedPage, readFound, readPage } from '../../platform/database/read-shape.js'
import type { Selection } from '../../platform/database/selection.js'
import { requirePrivateTo } from '../users/index.js'
import { visibleGenerations } from './generation.policy.js'
import { generationHistory, generationShape } from './generation.shape.js'
import type { Generation } from './generation.type.js'
import { generationConditions } from './generation-conditions.js'
import type { GenerationsArgs } from './generation-filter.input.js'

export interface GenerationQueryDeps {
  readonly database: Database
  readonly cursors: CursorCodec
}

export class GenerationQuery {
  constructor(private readonly deps: GenerationQueryDeps) {}

  /** @throws NOT_FOUND when there is none, and when it is not the viewer's to see */
  byId(viewer: Viewer, id: string, selection: Selection): Promise<Generation> {
    const where = Prisma.sql`t.id = ${id}::uuid and ${visibleGenerations(viewer)}`
    return readFound(this.deps.database.pool, { shape: generationShape, selection, where }, 'generation')
  }

  /**
   * A user's generations, newest first.
   * @throws FORBIDDEN for anybody but the user and staff
   */
  async ofUser(
    viewer: Viewer,
    user: { readonly id: string },
    args: GenerationsArgs,
    selection: Selection,
  ): Promise<Page<Generation>> {
    requirePrivateTo(viewer, user.id)
    const { filter, ...page } = args
    const { pool } = this.deps.database
    const conditions = [Prisma.sql`t.owner_id = ${user.id}::uuid`, ...generationConditions(filter ?? {})]
    const where = Prisma.join(conditions, ' and ')
    const read = { cursors: this.deps.cursors, scope: `generations-of:${user.id}`, selection, page }
    const count = () => countRows(pool, generationShape, where)
    const preloaded = filter ? null : await preloadedPage<Generation>(user, 'generations', { ...read, count })
    return preloaded ?? readPage<Generation>(pool, { ...read, shape: generationShape, where, order })
  }
}

const order = {
  keys: generationHistory.keys.map((column) => ({ column, type: 'uuid' as const })),
  descending: generationHistory.descending,
}
