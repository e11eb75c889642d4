import { addDays } from '../../../kernel/clock.js'
import { newId } from '../../../kernel/ids.js'
import type { Transaction } from '../../../platform/database/transaction.js'
import { enqueue } from '../../../platform/jobs/job-queue.js'
import type { Platform } from '../../../platform/platform.js'
import { TRIED_FOR_DAYS } from './call-schedule.js'
import type { FactoryNews } from './factory-calls.js'

export const CALL_FACTORY = 'call-factory'

export interface CallPayload {
  readonly callId: string
}

interface PendingCall {
  readonly id: string
  readonly factoryId: string
}

/**
 * Has a call tried. Calls to one factory are made one at a time, so that a slow one holds up nobody but itself.
 * @param runAt by the database's clock, which is the queue's
 */
export async function enqueueCall(tx: Transaction, { id, factoryId }: PendingCall, runAt?: Date): Promise<void> {
  await enqueue(tx, CALL_FACTORY, { callId: id } satisfies CallPayload, {
    key: `${CALL_FACTORY}:${id}`,
    queue: `factory-calls:${factoryId}`,
    ...(runAt && { runAt }),
  })
}

/** Stores a call together with its job, in the transaction of what it tells; nothing when the factory is not to be called. */
export async function requestCall(
  tx: Transaction,
  { clock }: Pick<Platform, 'clock'>,
  { factoryId, type, subjectId }: FactoryNews,
): Promise<void> {
  const now = clock.now()
  const id = newId()
  const stored = await tx.prisma.$executeRaw`
    insert into factory_calls (id, factory_id, type, subject_id, created_at, tries_until)
    select ${id}::uuid, f.id, ${type}, ${subjectId}::uuid, ${now}, ${addDays(now, TRIED_FOR_DAYS)}
    from factories f where f.id = ${factoryId}::uuid and f.webhook_url is not null and f.webhook_off_at is null`
  if (stored > 0) await enqueueCall(tx, { id, factoryId })
}
