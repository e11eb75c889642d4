import type { FactoryCall } from '../../../generated/prisma/client.js'
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
/** Those whose Retry-After counts. */
const BUSY: readonly number[] = [429, 503]

interface Deps {
  readonly platform: Pick<Platform, 'database' | 'clock'>
  readonly outbound: OutboundCalls
  readonly secrets: WebhookSecrets
  readonly tell: NewsTeller
}

type Settled = 'DELIVERED' | 'IGNORED' | 'FAILED'

/** Makes calls, one try a job run, and decides what becomes of each. */
export class CallDelivery {
  constructor(private readonly deps: Deps) {}

  /** The job. A try that ends without its outcome being stored is made again, under the same id. */
  async deliver({ callId }: CallPayload, { signal }: Pick<JobContext, 'signal'>): Promise<void> {
    const { prisma } = this.deps.platform.database
    const call = await prisma.factoryCall.findUnique({ where: { id: callId }, include: { factory: true } })
    if (call?.status !== 'PENDING') return
    const { webhookUrl, webhookOffAt } = call.factory
    if (!webhookUrl || webhookOffAt) return this.settle(call, 'IGNORED', 'the factory is not called any more')
    const data = await this.deps.tell(call)
    if (!data) return this.settle(call, 'IGNORED', 'it was no longer true')
    try {
      const answer = await this.post(webhookUrl, call, data, signal)
      await this.judge(call, webhookUrl, answer)
    } catch (error) {
      // A server that stops has found out nothing about the factory.
      if (signal.aborted || !(error instanceof NoAnswer)) throw error
      await this.tryAgain(call, error.message, null)
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

  private judge(call: FactoryCall, url: string, { status, retryAfter }: OutboundAnswer): Promise<void> {
    if (status >= 200 && status < 300) return this.settle(call, 'DELIVERED', null)
    if (status === GONE) return this.switchOff(call, url)
    return this.tryAgain(call, `answered ${status}`, BUSY.includes(status) ? retryAfter : null)
  }

  private async tryAgain(call: FactoryCall, error: string, retryAfter: string | null): Promise<void> {
    const { database, clock } = this.deps.platform
    const now = clock.now()
    const attempts = call.attempts + 1
    const pause = Math.max(pauseAfter(attempts, Math.random()), askedPause(retryAfter, now))
    if (now.getTime() + pause > call.triesUntil.getTime()) return this.settle(call, 'FAILED', error)
    factoryCallsTotal.inc({ outcome: 'retried' })
    await inTransaction(database, async (tx) => {
      const changes = { attempts, error: error.slice(0, MAX_ERROR) }
      const { count } = await tx.prisma.factoryCall.updateMany({ where: openCall(call), data: changes })
      // The queue's clock is the database's, not ours.
      if (count > 0) await enqueueCall(tx, call, new Date(Date.now() + pause))
    })
  }

  private async switchOff(call: FactoryCall, url: string): Promise<void> {
    const { database, clock } = this.deps.platform
    await inTransaction(database, async (tx) => {
      await this.store(tx, call, 'FAILED', 'answered 410: the endpoint is switched off')
      // Not when it was given another URL meanwhile.
      const { count } = await tx.prisma.factory.updateMany({
        where: { id: call.factoryId, webhookUrl: url, webhookOffAt: null },
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
    const attempts = call.attempts + (status === 'IGNORED' ? 0 : 1)
    await tx.prisma.factoryCall.updateMany({
      where: openCall(call),
      data: { status, attempts, error: error?.slice(0, MAX_ERROR) ?? null, settledAt: this.deps.platform.clock.now() },
    })
  }
}

/** Only as it was when the try began: two tries at once count as one. */
const openCall = ({ id, attempts }: FactoryCall) => ({ id, status: 'PENDING', attempts }) as const

/** The call failed without an answer. Its message tells staff why. */
class NoAnswer extends Error {
  override readonly name = 'NoAnswer'

  constructor(cause: unknown) {
    const text =
      cause instanceof Error ? cause.message || (cause as NodeJS.ErrnoException).code || cause.name : String(cause)
    super(text, { cause })
  }
}
