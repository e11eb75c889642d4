import type { Generation, GenerationFailure } from '../../generated/prisma/client.js'
import type { JobContext } from '../../platform/jobs/job-handler.js'
import type { StoredFile } from '../assets/index.js'
import { progressAt } from './generation-progress.js'
import type { GenerationSteps } from './generation-steps.service.js'
import type { ImageMaking } from './image-making.js'
import { ImageRefusal } from './image-provider.js'

/** The generation was cancelled while it was being drawn. */
class NoLongerWanted extends Error {}

/** Owns a generation from start to stored images. Harmless to run again at any point. */
export class GenerationDrawing {
  constructor(
    private readonly steps: GenerationSteps,
    private readonly images: ImageMaking,
  ) {}

  async run({ generationId }: { readonly generationId: string }, job: JobContext): Promise<void> {
    const generation = await this.steps.claim(generationId)
    if (generation) {
      try {
        const files = await this.draw(generation, job.signal)
        if (await this.steps.complete(generationId, files)) return
      } catch (error) {
        if (!(error instanceof NoLongerWanted)) {
          if (job.signal.aborted) return this.steps.handOver(generationId)
          const failure = failureOf(error, job.isLastAttempt)
          if (!failure) throw error
          job.log.warn({ err: error, generationId, failure }, 'a generation failed')
          await this.steps.fail(generationId, failure)
        }
      }
    }
    await this.images.discard(generationId)
  }

  private async draw(generation: Generation, signal: AbortSignal): Promise<StoredFile[]> {
    const { id, imageCount } = generation
    const advance = async (progress: number) => {
      if (!(await this.steps.advance(id, progress))) throw new NoLongerWanted()
    }
    const files: StoredFile[] = []
    for (const task of await this.images.begin(generation)) {
      const { position } = task
      const file = await this.images.finish(generation, task, {
        signal,
        working: (fraction) => advance(progressAt(imageCount, position, 'started', fraction)),
        drawn: () => advance(progressAt(imageCount, position, 'drawn')),
      })
      files.push(file)
      await advance(progressAt(imageCount, position, 'stored'))
    }
    return files
  }
}

/** How a generation fails by this error; null when it is worth another try. */
function failureOf(error: unknown, isLastAttempt: boolean): GenerationFailure | null {
  if (error instanceof ImageRefusal) return error.failure
  return isLastAttempt ? 'PROVIDER_ERROR' : null
}
