import { DomainError } from '../../../kernel/domain-error.js'
import type { Viewer } from '../../../kernel/viewer.js'
import { recordDeed } from '../../../platform/audit/audit-log.js'
import { inTransaction } from '../../../platform/database/transaction.js'
import { enqueue } from '../../../platform/jobs/job-queue.js'
import type { Platform } from '../../../platform/platform.js'
import { paymentJobs } from '../payments.jobs.js'

/** Has webhooks read again whose last try failed. */
export class WebhookRetry {
  constructor(private readonly platform: Pick<Platform, 'database' | 'clock'>) {}

  /**
   * Queues the delivery anew, at once and with as many tries as it had at first. One that waits for its next try is read now.
   * @returns false when there is no such webhook
   * @throws INVALID_TRANSITION when it was PROCESSED or IGNORED
   */
  async retry(viewer: Viewer, id: string, ip: string | null): Promise<boolean> {
    const actorId = viewer.kind === 'user' ? viewer.userId : null
    return inTransaction(this.platform.database, async (tx) => {
      const [delivery] = await tx.prisma.$queryRaw<{ status: string }[]>`
        select status::text from webhook_deliveries where id = ${id}::uuid for update`
      if (!delivery) return false
      const { status } = delivery
      if (status !== 'RECEIVED' && status !== 'FAILED')
        throw new DomainError('INVALID_TRANSITION', `This webhook is ${status}: there is nothing to try again.`)
      await tx.prisma.webhookDelivery.update({ where: { id }, data: { status: 'RECEIVED' }, select: { id: true } })
      await enqueue(tx, paymentJobs.settle, { deliveryId: id }, { key: `delivery:${id}` })
      await recordDeed(tx, this.platform.clock, {
        actorId,
        action: 'webhook.retry',
        subjectType: 'WebhookDelivery',
        subjectId: id,
        changes: { status: { from: status, to: 'RECEIVED' } },
        ip,
      })
      return true
    })
  }
}
