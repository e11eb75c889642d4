import type { Factory, FactoryCall } from '../../../generated/prisma/client.js'
import { recordDeed } from '../../../platform/audit/audit-log.js'
import { inTransaction, type Transaction } from '../../../platform/database/transaction.js'
import { factoryCallsTotal } from '../../../platform/observability/metrics.js'
import type { Platform } from '../../../platform/platform.js'
import { enqueueCall } from './call-outbox.js'
import { pauseAfter } from './call-schedule.js'

const MAX_ERROR = 500

/** A call as it was when its try began, and whom it goes to. */
export type Call = FactoryCall & { readonly factory: Factory }

/** How a call ends. */
export type Settled = 'DELIVERED' | 'IGNORED' | 'FAILED'

export interface Pause {
  /** The next try is not made before so many milliseconds. */
  readonly asked?: number
  /** How long the other calls to this factory wait with it, at most. */
  readonly pausesFactory: number
}

/** Stores what became of a try, and what follows, in one transaction each. */
export class CallOutcomes {
  constructor(private readonly platform: Pick<Platform, 'database' | 'clock' | 'log'>) {}

  settle(call: Call, status: Settled, error: string | null): Promise<void> {
    return inTransaction(this.platform.database, (tx) => this.store(tx, call, status, error))
  }

  /** Plans the next try; FAILED when there is no time for it. */
  async tryAgain(call: Call, error: string, { asked = 0, pausesFactory }: Pause): Promise<void> {
    const { database, clock } = this.platform
    const now = clock.now().getTime()
    const attempts = call.attempts + 1
    const pause = Math.max(pauseAfter(attempts, Math.random()), asked)
    if (now + pause > call.triesUntil.getTime()) return this.settle(call, 'FAILED', error)
    const callsPausedUntil = new Date(now + Math.min(pause, pausesFactory))
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
  async wait(call: Call, until: Date): Promise<boolean> {
    const { database, clock } = this.platform
    const pause = until.getTime() - clock.now().getTime()
    if (pause <= 0) return false
    await inTransaction(database, (tx) => enqueueCall(tx, call, new Date(Date.now() + pause)))
    return true
  }

  /** The endpoint is gone: nothing is sent there any more. */
  async switchOff(call: Call): Promise<void> {
    const { database, clock } = this.platform
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

  private async store(tx: Transaction, call: Call, status: Settled, error: string | null): Promise<void> {
    const { clock, log } = this.platform
    const { id: callId, factoryId, type } = call
    factoryCallsTotal.inc({ outcome: status.toLowerCase() })
    if (status === 'FAILED') log.warn({ callId, factoryId, type, error }, 'a factory was not told')
    const attempts = call.attempts + (status === 'IGNORED' ? 0 : 1)
    await tx.prisma.factoryCall.updateMany({
      where: openCall(call),
      data: { status, attempts, error: error?.slice(0, MAX_ERROR) ?? null, settledAt: clock.now() },
    })
  }
}

/** Only as it was when the try began: two tries at once count as one. */
const openCall = ({ id, attempts }: Call) => ({ id, status: 'PENDING', attempts }) as const

/** Unless it was given another URL meanwhile, of which this call has found out nothing. */
const calledFactory = ({ factory: { id, webhookUrl } }: Call) => ({ id, webhookUrl })
