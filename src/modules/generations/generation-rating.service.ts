import type { Viewer } from '../../kernel/viewer.js'
import type { Database } from '../../platform/database/database.js'
import { inTransaction } from '../../platform/database/transaction.js'
import type { EventStreams } from '../../platform/events/event-streams.js'
import { requireOwner } from './generation.policy.js'
import { generationStream, lockGeneration } from './generation-lock.js'

export interface GenerationRatingDeps {
  readonly database: Database
  readonly streams: Pick<EventStreams, 'signal'>
}

export class GenerationRating {
  constructor(private readonly deps: GenerationRatingDeps) {}

  /** Keeps the owner's opinion; null forgets it. @throws NOT_FOUND, FORBIDDEN for staff */
  async rate(viewer: Viewer, id: string, isLiked: boolean | null): Promise<void> {
    await inTransaction(this.deps.database, async (tx) => {
      requireOwner(viewer, await lockGeneration(tx, id))
      await tx.prisma.generation.update({ where: { id }, data: { isLiked } })
      await this.deps.streams.signal(tx, generationStream(id))
    })
  }
}
