import type { Generation, GenerationFailure } from '../../generated/prisma/client.js'
import type { Clock } from '../../kernel/clock.js'
import type { Database } from '../../platform/database/database.js'
import { inTransaction, type Transaction } from '../../platform/database/transaction.js'
import type { EventStreams } from '../../platform/events/event-streams.js'
import { generationProcessingSeconds } from '../../platform/observability/metrics.js'
import type { AssetStore, StoredFile } from '../assets/index.js'
import type { Quota } from '../plans/index.js'
import { queueDrawing } from './draw-job.js'
import type { GenerationListener } from './ended-generation.js'
import { canBecome } from './generation-lifecycle.js'
import { generationStream, lockGeneration } from './generation-lock.js'
import { progressAt } from './generation-progress.js'

export interface GenerationStepsDeps {
  readonly database: Database
  readonly clock: Clock
  readonly streams: Pick<EventStreams, 'signal'>
  readonly assets: Pick<AssetStore, 'record'>
  readonly quota: Quota
  /** Told of every generation that ends by itself, in the transaction that ends it. */
  readonly announce: GenerationListener
}

/** The steps that a worker takes a generation through. Each is one transaction, and announced. */
export class GenerationSteps {
  constructor(private readonly deps: GenerationStepsDeps) {}

  /** PENDING to PROCESSING. @returns the generation to work on, also when an earlier worker had begun; null when it needs no work */
  claim(id: string): Promise<Generation | null> {
    return inTransaction(this.deps.database, async (tx) => {
      const { count } = await tx.prisma.generation.updateMany({
        where: { id, status: 'PENDING' },
        data: { status: 'PROCESSING', startedAt: this.deps.clock.now(), progress: progressAt(1, 0, 'started') },
      })
      if (count > 0) await this.deps.streams.signal(tx, generationStream(id))
      const generation = await tx.prisma.generation.findUnique({ where: { id } })
      return generation?.status === 'PROCESSING' ? generation : null
    })
  }

  /** Never backwards, whatever was done before a crash. @returns false when the generation is not being drawn any more */
  advance(id: string, progress: number): Promise<boolean> {
    return inTransaction(this.deps.database, async (tx) => {
      const moved = await tx.prisma.$executeRaw`
        update generations set progress = greatest(progress, ${progress}) where id = ${id}::uuid and status = 'PROCESSING'`
      if (moved > 0) await this.deps.streams.signal(tx, generationStream(id))
      return moved > 0
    })
  }

  /** @returns false, with nothing changed, when it was cancelled meanwhile */
  complete(id: string, files: readonly StoredFile[]): Promise<boolean> {
    return this.end(id, 'COMPLETED', async (tx, finishedAt) => {
      for (const file of files) await this.deps.assets.record(tx, file)
      const images = files.map((file, position) => ({ generationId: id, position, assetId: file.id }))
      await tx.prisma.generationImage.createMany({ data: images })
      await tx.prisma.generationTask.deleteMany({ where: { generationId: id } })
      await tx.prisma.generation.update({ where: { id }, data: { status: 'COMPLETED', progress: 1, finishedAt } })
      await this.deps.quota.spend(tx, id)
    })
  }

  /** @returns false, with nothing changed, when it was finished or cancelled meanwhile */
  fail(id: string, failure: GenerationFailure): Promise<boolean> {
    return this.end(id, 'FAILED', async (tx, finishedAt) => {
      await tx.prisma.generation.update({ where: { id }, data: { status: 'FAILED', failure, finishedAt } })
      await this.deps.quota.release(tx, id)
    })
  }

  /** Leaves the work to another worker: this one is stopping. */
  async handOver(id: string): Promise<void> {
    await queueDrawing(this.deps.database, id)
  }

  private async end(
    id: string,
    status: 'COMPLETED' | 'FAILED',
    change: (tx: Transaction, finishedAt: Date) => Promise<void>,
  ): Promise<boolean> {
    const finishedAt = this.deps.clock.now()
    const ended = await inTransaction(this.deps.database, async (tx) => {
      const generation = await lockGeneration(tx, id)
      if (!generation || !canBecome(generation.status, status)) return null
      await change(tx, finishedAt)
      await this.deps.streams.signal(tx, generationStream(id))
      await this.deps.announce(tx, { id, ownerId: generation.ownerId, status })
      return generation
    })
    if (!ended) return false
    const seconds = (finishedAt.getTime() - (ended.startedAt ?? finishedAt).getTime()) / 1000
    generationProcessingSeconds.observe({ status }, seconds)
    return true
  }
}
