import type { Generation } from '../../generated/prisma/client.js'
import type { Clock } from '../../kernel/clock.js'
import { DomainError } from '../../kernel/domain-error.js'
import { newId } from '../../kernel/ids.js'
import type { Viewer } from '../../kernel/viewer.js'
import type { Database } from '../../platform/database/database.js'
import { idempotently } from '../../platform/database/idempotency.js'
import { inTransaction, type Transaction } from '../../platform/database/transaction.js'
import type { RateLimits, TryLimit } from '../../platform/limits/rate-limits.js'
import type { Quota } from '../plans/index.js'
import type { CreateGenerationInput } from './create-generation.input.js'
import { queueDrawing } from './draw-job.js'
import { requireOwner, requireSignedIn } from './generation.policy.js'
import { lockGeneration } from './generation-lock.js'
import type { ImageProviders } from './image-providers.js'

type Wanted = Pick<
  Generation,
  'ownerId' | 'prompt' | 'negativePrompt' | 'enhancedPrompt' | 'style' | 'model' | 'width' | 'height' | 'imageCount'
>

/** Where a request comes from. */
interface Caller {
  readonly ip: string | null
}

export interface GenerationRequestDeps {
  readonly database: Database
  readonly clock: Clock
  readonly quota: Quota
  readonly providers: ImageProviders
  readonly limits: RateLimits
}

export class GenerationRequest {
  private readonly perMinute: TryLimit

  constructor(private readonly deps: GenerationRequestDeps) {
    this.perMinute = deps.limits.tries('generation', { points: 10, seconds: 60 })
  }

  /**
   * Reserves the quota and queues the drawing.
   * @returns the new generation's id; for a repeat under the same key the first one's
   * @throws QUOTA_EXCEEDED, BAD_USER_INPUT, IDEMPOTENCY_CONFLICT, RATE_LIMITED
   */
  create(
    viewer: Viewer,
    input: CreateGenerationInput,
    { ip }: Caller,
  ): Promise<{ readonly id: string; readonly isRepeat: boolean }> {
    const { userId } = requireSignedIn(viewer)
    const wanted = this.wanted(userId, input)
    const call = { userId, operation: 'createGeneration', key: input.idempotencyKey, input, now: this.deps.clock.now() }
    return inTransaction(this.deps.database, (tx) => idempotently(tx, call, () => this.queue(tx, wanted, ip)))
  }

  /**
   * The same request once more, as a new generation.
   * @returns the new one's id
   * @throws NOT_FOUND, FORBIDDEN for staff, INVALID_TRANSITION unless it failed, QUOTA_EXCEEDED, RATE_LIMITED
   */
  async retry(viewer: Viewer, id: string, { ip }: Caller): Promise<string> {
    return inTransaction(this.deps.database, async (tx) => {
      const failed = await lockGeneration(tx, id)
      requireOwner(viewer, failed)
      if (failed?.status !== 'FAILED')
        throw new DomainError('INVALID_TRANSITION', 'Only a failed generation can be retried.')
      const { ownerId, prompt, negativePrompt, enhancedPrompt, style, width, height, imageCount } = failed
      const isOffered = this.deps.providers.models.includes(failed.model)
      const model = this.deps.providers.choose(isOffered ? failed.model : null)
      const wanted = { ownerId, prompt, negativePrompt, enhancedPrompt, style, model, width, height, imageCount }
      return this.queue(tx, wanted, ip)
    })
  }

  private wanted(ownerId: string, input: CreateGenerationInput): Wanted {
    const { prompt, width, height, imageCount } = input
    const style = input.style ?? null
    const model = this.deps.providers.choose(input.model)
    const enhancedPrompt = input.enhancePrompt ? this.deps.providers.of(model).enhance(prompt, style) : null
    return {
      ownerId,
      prompt,
      negativePrompt: input.negativePrompt || null,
      enhancedPrompt,
      style,
      model,
      width,
      height,
      imageCount,
    }
  }

  private async queue(tx: Transaction, wanted: Wanted, ip: string | null): Promise<string> {
    const id = newId()
    await tx.prisma.generation.create({ data: { id, ...wanted, createdAt: this.deps.clock.now() } })
    await this.deps.quota.reserve(tx, wanted.ownerId, id, wanted.imageCount)
    // Last, so that what the quota refuses takes nothing; what this refuses is rolled back with it.
    await this.perMinute.take(ip, wanted.ownerId)
    await queueDrawing(tx, id)
    return id
  }
}
