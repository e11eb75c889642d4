import { addDays } from '../../../kernel/clock.js'
import { DomainError } from '../../../kernel/domain-error.js'
import type { Viewer } from '../../../kernel/viewer.js'
import { recordDeed } from '../../../platform/audit/audit-log.js'
import { inTransaction } from '../../../platform/database/transaction.js'
import type { Platform } from '../../../platform/platform.js'
import { enqueueCall } from './call-outbox.js'
import { TRIED_FOR_DAYS } from './call-schedule.js'

interface Row {
  readonly factoryId: string
  readonly status: string
  readonly isCalled: boolean
}

/** Has calls made again whose last try failed. */
export class CallRetry {
  constructor(private readonly platform: Pick<Platform, 'database' | 'clock'>) {}

  /**
   * Makes the call at once, and again for another 3 days when it fails. Its id stays.
   * @returns false when there is no such call
   * @throws INVALID_TRANSITION when it was DELIVERED or IGNORED; CONFLICT when its factory is not called any more
   */
  retry(viewer: Viewer, id: string, ip: string | null): Promise<boolean> {
    const { database, clock } = this.platform
    return inTransaction(database, async (tx) => {
      const [call] = await tx.prisma.$queryRaw<Row[]>`
        select c.factory_id::text as "factoryId", c.status::text,
          f.webhook_url is not null and f.webhook_off_at is null as "isCalled"
        from factory_calls c join factories f on f.id = c.factory_id where c.id = ${id}::uuid for update of c`
      if (!call) return false
      const { factoryId, status } = call
      if (status !== 'PENDING' && status !== 'FAILED')
        throw new DomainError('INVALID_TRANSITION', `This call is ${status}: there is nothing to try again.`)
      if (!call.isCalled)
        throw new DomainError('CONFLICT', 'The factory is not called any more: give it a webhook URL first.')
      const triesUntil = addDays(clock.now(), TRIED_FOR_DAYS)
      await tx.prisma.factoryCall.update({ where: { id }, data: { status: 'PENDING', triesUntil, settledAt: null } })
      await tx.prisma.factory.update({ where: { id: factoryId }, data: { callsPausedUntil: null } })
      await enqueueCall(tx, { id, factoryId })
      await recordDeed(tx, clock, {
        actorId: viewer.kind === 'user' ? viewer.userId : null,
        action: 'webhook.retry',
        subjectType: 'WebhookDelivery',
        subjectId: id,
        changes: { status: { from: status, to: 'PENDING' } },
        ip,
      })
      return true
    })
  }
}
