import type { Factory, FactoryCall } from '../../../generated/prisma/client.js'
import { recordDeed } from '../../../platform/audit/audit-log.js'
import { inTransaction, type Transaction } from '../../../platform/database/transaction.js'
import type { JobContext } from '../../../platform/jobs/job-handler.js'
import { factoryCallsTotal } from '../../../platform/observability/metrics.js'
import type { OutboundAnswer, OutboundCalls } from '../../../platform/outbound/outbound-calls.js'
import type { Platform } from '../../../platform/platform.js'
import { type CallPayload, enqueueCall } from './call-outbox.js'
import { askedPause, pauseAfter } from './call-schedule.js'
import { signedHeaders } from './call-signature.js'
import type { NewsTeller } from './factory-calls.js'
import type { WebhookSecrets } from './webhook-secrets.service.js'

const GONE = 410
const MAX_ERROR = 500
/** How long a factory that did not answer is left alone by its other calls. */
const LONGEST_SILENCE_MS = 60_000
/** Those whose Retry-After counts. */
const BUSY: readonly number[] = [429, 503]

interface Deps {
  readonly platform: Pick<Platform, 'database' | 'clock' | 'log'>
  readonly outbound: OutboundCalls
  readonly secrets: WebhookSecrets
  readonly tell: NewsTeller
}

interface Pause {
  readonly asked?: number
  readonly pausesFactory: number
}

type Call = FactoryCall & { readonly factory: Factory }
type Run = Pick<JobContext, 'signal' | 'isLastAttempt'>
type Settled = 'DELIVERED' | 'IGNORED' | 'FAILED'

/** Makes calls, one try a job run, and decides what becomes of each. */
export class CallDelivery {
  constructor(private readonly deps: Deps) {}

  /** The job. A try that ends without its outcome being stored is made again, under the same id. */
  async deliver({ callId }: CallPayload, { signal, isLastAttempt }: Run): Promise<void> {
    const { prisma } = this.deps.platform.database
    const call = await prisma.factoryCall.findUnique({ where: { id: callId }, include: { factory: true } })
    if (call?.status !== 'PENDING') return
    try {
      await this.attempt(call, signal)
    } catch (error) {
      // The trouble is ours, and the queue tries no more. A server that stops leaves the call to the next.
      if (isLastAttempt && !signal.aborted)
        await this.settle(call, 'FAILED', 'it could not be made; see the server log')
      throw error
    }
  }

  private async attempt(call: Call, signal: AbortSignal): Promise<void> {
    const { webhookUrl, webhookOffAt, callsPausedUntil } = call.factory
    if (!webhookUrl || webhookOffAt) return this.settle(call, 'IGNORED', 'the factory is not called any more')
    if (callsPausedUntil && callsPausedUntil < call.triesUntil && (await this.wait(call, callsPausedUntil))) return
    const data = await this.deps.tell(call)
    if (!data) return this.settle(call, 'IGNORED', 'it was no longer true')
    try {
      const answer = await this.post(webhookUrl, call, data, signal)
      await this.judge(call, answer)
    } catch (error) {
      // A server that stops has found out nothing about the factory.
      if (signal.aborted || !(error instanceof NoAnswer)) throw error
      await this.tryAgain(call, error.message, { pausesFactory: LONGEST_SILENCE_MS })
    }
  }

  private async post(url: string, call: FactoryCall, data: object, signal: AbortSignal): Promise<OutboundAnswer> {
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
    if (status >= 200 && status < 300) return this.settle(call, 'DELIVERED', null)
    if (status === GONE) return this.switchOff(call)
    const asked = BUSY.includes(status) ? askedPause(retryAfter, this.deps.platform.clock.now()) : 0
    return this.tryAgain(call, `answered ${status}`, { asked, pausesFactory: asked })
  }

  /**
   * Plans the next try, and lets the other calls to this factory wait for it too.
   * @param pause `asked`: not before so many milliseconds; `pausesFactory`: how long they wait at most
   */
  private async tryAgain(call: Call, error: string, { asked = 0, pausesFactory }: Pause): Promise<void> {
    const { database, clock } = this.deps.platform
    const now = clock.now()
    const attempts = call.attempts + 1
    const pause = Math.max(pauseAfter(attempts, Math.random()), asked)
    const callsPausedUntil = new Date(now.getTime() + Math.min(pause, pausesFactory))
    if (now.getTime() + pause > call.triesUntil.getTime()) return this.settle(call, 'FAILED', error)
    factoryCallsTotal.inc({ outcome: 'retried' })
    await inTransaction(database, async (tx) => {
      const changes = { attempts, error: error.slice(0, MAX_ERROR) }
      const { count } = await tx.prisma.factoryCall.updateMany({ where: openCall(call), data: changes })
      if (count === 0) return
      // The queue's clock is the database's, not ours.
      await enqueueCall(tx, call, new Date(Date.now() + pause))
      if (pausesFactory > 0)
        await tx.prisma.factory.updateMany({ where: calledFactory(call), data: { callsPausedUntil } })
    })
  }

  /** Puts a try off that would meet the same trouble. @returns false when the pause is over */
  private async wait(call: FactoryCall, until: Date): Promise<boolean> {
    const { database, clock } = this.deps.platform
    const pause = until.getTime() - clock.now().getTime()
    if (pause <= 0) return false
    await inTransaction(database, (tx) => enqueueCall(tx, call, new Date(Date.now() + pause)))
    return true
  }

  private async switchOff(call: Call): Promise<void> {
    const { database, clock } = this.deps.platform
    await inTransaction(database, async (tx) => {
      await this.store(tx, call, 'FAILED', 'answered 410: the endpoint is switched off')
      const { count } = await tx.prisma.factory.updateMany({
        where: { ...calledFactory(call), webhookOffAt: null },
        data: { webhookOffAt: clock.now() },
      })
      const subject = { subjectType: 'Factory', subjectId: call.factoryId }
      if (count > 0) await recordDeed(tx, clock, { actorId: null, action: 'factory.webhook-off', ...subject, ip: null })
    })
  }

  private settle(call: FactoryCall, status: Settled, error: string | null): Promise<void> {
    return inTransaction(this.deps.platform.database, (tx) => this.store(tx, call, status, error))
  }

  private async store(tx: Transaction, call: FactoryCall, status: Settled, error: string | null): Promise<void> {
    factoryCallsTotal.inc({ outcome: status.toLowerCase() })
    const { id: callId, factoryId, type } = call
    if (status === 'FAILED') this.deps.platform.log.warn({ callId, factoryId, type, error }, 'a factory was not told')
    const attempts = call.attempts + (status === 'IGNORED' ? 0 : 1)
    await tx.prisma.factoryCall.updateMany({
      where: openCall(call),
      data: { status, attempts, error: error?.slice(0, MAX_ERROR) ?? null, settledAt: this.deps.platform.clock.now() },
    })
  }
}

/** Only as it was when the try began: two tries at once count as one. */
const openCall = ({ id, attempts }: FactoryCall) => ({ id, status: 'PENDING', attempts }) as const

/** Unless it was given another URL meanwhile, of which this call has found out nothing. */
const calledFactory = ({ factory: { id, webhookUrl } }: Call) => ({ id, webhookUrl })

/** The call failed without an answer. Its message tells staff why. */
class NoAnswer extends Error {
  override readonly name = 'NoAnswer'

  constructor(cause: unknown) {
    const text =
      cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code || cause.name : String(cause)
    super(text, { cause })
  }
}
