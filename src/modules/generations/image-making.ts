import { setTimeout as sleep } from 'node:timers/promises'
import type { Generation, GenerationTask } from '../../generated/prisma/client.js'
import type { Clock } from '../../kernel/clock.js'
import type { Database } from '../../platform/database/database.js'
import { type AssetStore, readImageHeader, type StoredFile } from '../assets/index.js'
import { ImageRefusal, type ImageRequest } from './image-provider.js'
import type { ImageProviders } from './image-providers.js'

const LIMIT_MS = 10 * 60 * 1000

export interface ImageMakingDeps {
  readonly database: Database
  readonly clock: Clock
  readonly assets: Pick<AssetStore, 'store' | 'discard'>
  readonly providers: ImageProviders
}

export interface MakingHooks {
  /** Hears how far the provider is, 0 to 1. May throw to stop the work. */
  readonly working: (fraction: number) => Promise<void>
  readonly drawn: () => Promise<void>
  readonly signal: AbortSignal
}

/** From a request to stored files. Each step is written down, so that after a crash the next worker goes on where the last one was. */
export class ImageMaking {
  constructor(private readonly deps: ImageMakingDeps) {}

  /** Starts what is not started yet: all of a generation's images, so that a remote provider can work on them at once. */
  async begin(generation: Generation): Promise<GenerationTask[]> {
    const { prisma } = this.deps.database
    const begun = await prisma.generationTask.findMany({ where: { generationId: generation.id } })
    const tasks: GenerationTask[] = []
    for (let position = 0; position < generation.imageCount; position++) {
      const known = begun.find((task) => task.position === position)
      tasks.push(known ?? (await this.start(generation, position)))
    }
    return tasks
  }

  /** Waits for one image and stores it. @throws ImageRefusal */
  async finish(generation: Generation, task: GenerationTask, hooks: MakingHooks): Promise<StoredFile> {
    if (task.file) return task.file as unknown as StoredFile
    const bytes = await this.fetch(generation, task, hooks)
    const header = readImageHeader(bytes)
    if (!header) throw new ImageRefusal('INVALID_RESPONSE', 'the provider answered with something that is no picture')
    await hooks.drawn()
    const file = await this.deps.assets.store(generation.ownerId, 'GENERATION', bytes, header)
    const { generationId, position } = task
    const { count } = await this.deps.database.prisma.generationTask.updateMany({
      where: { generationId, position },
      data: { file: { ...file } },
    })
    if (count > 0) return file
    await this.deps.assets.discard(file)
    throw new Error('the generation was removed while it was being drawn')
  }

  /** Drops what was made for a generation that has no use for it. */
  async discard(generationId: string): Promise<void> {
    const { prisma } = this.deps.database
    const tasks = await prisma.generationTask.findMany({ where: { generationId } })
    for (const { file } of tasks) if (file) await this.deps.assets.discard(file as unknown as StoredFile)
    await prisma.generationTask.deleteMany({ where: { generationId } })
  }

  private async start(generation: Generation, position: number): Promise<GenerationTask> {
    const handle = await this.deps.providers.of(generation.model).start(requestFor(generation, position))
    const data = { generationId: generation.id, position, handle, startedAt: this.deps.clock.now() }
    return this.deps.database.prisma.generationTask.create({ data })
  }

  private async fetch(
    generation: Generation,
    task: GenerationTask,
    { working, signal }: MakingHooks,
  ): Promise<Uint8Array> {
    const provider = this.deps.providers.of(generation.model)
    const request = requestFor(generation, task.position)
    for (;;) {
      const answer = await provider.check(task.handle, request)
      if (answer.state === 'DONE') return answer.bytes
      if (this.deps.clock.now().getTime() - task.startedAt.getTime() > LIMIT_MS)
        throw new ImageRefusal('TIMEOUT', 'the provider took more than ten minutes')
      await working(answer.fraction)
      await sleep(answer.checkAgainIn, undefined, { signal })
    }
  }
}

const requestFor = (generation: Generation, position: number): ImageRequest => ({
  model: generation.model,
  prompt: generation.prompt,
  enhancedPrompt: generation.enhancedPrompt,
  negativePrompt: generation.negativePrompt,
  style: generation.style,
  width: generation.width,
  height: generation.height,
  position,
})
