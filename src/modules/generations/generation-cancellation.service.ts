import type { Clock } from '../../kernel/clock.js'
import { DomainError } from '../../kernel/domain-error.js'
import type { Viewer } from '../../kernel/viewer.js'
import type { Database } from '../../platform/database/database.js'
import { inTransaction } from '../../platform/database/transaction.js'
import type { EventStreams } from '../../platform/events/event-streams.js'
import type { Quota } from '../plans/index.js'
import { requireOwner } from './generation.policy.js'
import { canBecome } from './generation-lifecycle.js'
import { generationStream, lockGeneration } from './generation-lock.js'

export interface GenerationCancellationDeps {
  readonly database: Database
  readonly clock: Clock
  readonly streams: Pick<EventStreams, 'signal'>
  readonly quota: Quota
}

export class GenerationCancellation {
  constructor(private readonly deps: GenerationCancellationDeps) {}

  /**
   * Calls a generation off and gives its quota back. Whoever draws it notices, and drops what came of it.
   * @throws NOT_FOUND, FORBIDDEN for staff, INVALID_TRANSITION when it is finished
   */
  async cancel(viewer: Viewer, id: string): Promise<void> {
    await inTransaction(this.deps.database, async (tx) => {
      const generation = await lockGeneration(tx, id)
      requireOwner(viewer, generation)
      if (!generation || !canBecome(generation.status, 'CANCELLED'))
        throw new DomainError('INVALID_TRANSITION', 'This generation is finished, so it cannot be cancelled.')
      await tx.prisma.generation.update({
        where: { id },
        data: { status: 'CANCELLED', finishedAt: this.deps.clock.now() },
      })
      await this.deps.quota.release(tx, id)
      await this.deps.streams.signal(tx, generationStream(id))
    })
  }
}
