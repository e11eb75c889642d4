import type { Clock } from '../../kernel/clock.js'
import type { Database } from '../../platform/database/database.js'
import type { GenerationSteps } from './generation-steps.service.js'
import type { ImageMaking } from './image-making.js'

const GIVEN_UP_AFTER_MS = 30 * 60 * 1000
const BATCH = 100

export interface GenerationSweepDeps {
  readonly database: Database
  readonly clock: Clock
  readonly steps: Pick<GenerationSteps, 'fail'>
  readonly images: Pick<ImageMaking, 'discard'>
}

/** Ends what lost its worker for good, so that nothing is drawn forever and its quota comes back. */
export class GenerationSweep {
  constructor(private readonly deps: GenerationSweepDeps) {}

  async run(): Promise<void> {
    const { database, clock, steps, images } = this.deps
    const begunBefore = new Date(clock.now().getTime() - GIVEN_UP_AFTER_MS)
    const stuck = await database.prisma.generation.findMany({
      where: { status: 'PROCESSING', startedAt: { lt: begunBefore } },
      select: { id: true },
      take: BATCH,
    })
    for (const { id } of stuck) if (await steps.fail(id, 'TIMEOUT')) await images.discard(id)
  }
}
