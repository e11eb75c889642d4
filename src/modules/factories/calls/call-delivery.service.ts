import type { JobContext } from '../../../platform/jobs/job-handler.js'
import type { OutboundAnswer, OutboundCalls } from '../../../platform/outbound/outbound-calls.js'
import type { Platform } from '../../../platform/platform.js'
import type { CallPayload } from './call-outbox.js'
import type { Call, CallOutcomes } from './call-outcomes.service.js'
import { askedPause } from './call-schedule.js'
import { signedHeaders } from './call-signature.js'
import type { NewsTeller } from './factory-calls.js'
import type { WebhookSecrets } from './webhook-secrets.service.js'

const GONE = 410
/** Those whose Retry-After counts. */
const BUSY: readonly number[] = [429, 503]
/** How long a factory that did not answer is left alone by its other calls. */
const LONGEST_SILENCE_MS = 60_000

interface Deps {
  readonly platform: Pick<Platform, 'database' | 'clock'>
  readonly outbound: Pick<OutboundCalls, 'post'>
  readonly secrets: WebhookSecrets
  readonly outcomes: CallOutcomes
  readonly tell: NewsTeller
}

/** Makes calls, one try a job run. */
export class CallDelivery {
  constructor(private readonly deps: Deps) {}

  /** The job. A try that ends without its outcome being stored is made again, under the same id. */
  async deliver(
    { callId }: CallPayload,
    { signal, isLastAttempt }: Pick<JobContext, 'signal' | 'isLastAttempt'>,
  ): Promise<void> {
    const { platform, outcomes } = this.deps
    const { factoryCall } = platform.database.prisma
    const call = await factoryCall.findUnique({ where: { id: callId }, include: { factory: true } })
    if (call?.status !== 'PENDING') return
    try {
      await this.attempt(call, signal)
    } catch (error) {
      // The trouble is ours, and the queue tries no more. A server that stops leaves the call to the next.
      if (isLastAttempt && !signal.aborted)
        await outcomes.settle(call, 'FAILED', 'it could not be made; see the server log')
      throw error
    }
  }

  private async attempt(call: Call, signal: AbortSignal): Promise<void> {
    const { outcomes, tell } = this.deps
    const { webhookUrl, webhookOffAt, callsPausedUntil } = call.factory
    if (!webhookUrl || webhookOffAt) return outcomes.settle(call, 'IGNORED', 'the factory is not called any more')
    if (callsPausedUntil && callsPausedUntil < call.triesUntil && (await outcomes.wait(call, callsPausedUntil))) return
    const data = await tell(call)
    if (!data) return outcomes.settle(call, 'IGNORED', 'it was no longer true')
    try {
      const answer = await this.post(webhookUrl, call, data, signal)
      await this.judge(call, answer)
    } catch (error) {
      // A server that stops has found out nothing about the factory.
      if (signal.aborted || !(error instanceof NoAnswer)) throw error
      await outcomes.tryAgain(call, error.message, { pausesFactory: LONGEST_SILENCE_MS })
    }
  }

  private async post(url: string, call: Call, data: object, signal: AbortSignal): Promise<OutboundAnswer> {
    const { platform, outbound, secrets } = this.deps
    const { id, factoryId, type, createdAt } = call
    const body = JSON.stringify({ type, timestamp: createdAt.toISOString(), data })
    const signed = signedHeaders({ id, body, now: platform.clock.now() }, await secrets.living(factoryId))
    const headers = { 'content-type': 'application/json', 'user-agent': 'AdTime-Webhooks/1', ...signed }
    try {
      return await outbound.post(url, { headers, body, signal })
    } catch (error) {
      throw new NoAnswer(error)
    }
  }

  private judge(call: Call, { status, retryAfter }: OutboundAnswer): Promise<void> {
    const { platform, outcomes } = this.deps
    if (status >= 200 && status < 300) return outcomes.settle(call, 'DELIVERED', null)
    if (status === GONE) return outcomes.switchOff(call)
    const asked = BUSY.includes(status) ? askedPause(retryAfter, platform.clock.now()) : 0
    return outcomes.tryAgain(call, `answered ${status}`, { asked, pausesFactory: asked })
  }
}

/** The call failed without an answer. Its message tells staff why. */
class NoAnswer extends Error {
  override readonly name = 'NoAnswer'

  constructor(cause: unknown) {
    const text =
      cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code || cause.name : String(cause)
    super(text, { cause })
  }
}
