import type { PaymentProvider } from '../../../generated/prisma/enums.js'
import { newId } from '../../../kernel/ids.js'
import type { Platform } from '../../../platform/platform.js'
import type { ProviderEvent } from '../payment-provider.js'
import { paymentJobs } from '../payments.jobs.js'

/** Webhooks as they arrived, before anything believes them. */
export class WebhookInbox {
  constructor(private readonly platform: Pick<Platform, 'database' | 'clock'>) {}

  /**
   * Stores a verified webhook together with the job that reads it, both or neither, in one statement: providers give little
   * time to answer. What came before is not stored again.
   */
  async store(
    provider: PaymentProvider,
    { id, type }: ProviderEvent,
    rawBody: Buffer,
  ): Promise<'stored' | 'duplicate'> {
    const { rowCount } = await this.platform.database.pool.query({
      name: 'webhook-inbox-store',
      text: `with stored as (
          insert into webhook_deliveries (id, provider, event_id, event_type, body, received_at)
          values ($1, $2::payment_provider, $3, $4, $5::jsonb, $6)
          on conflict (provider, event_id) do nothing returning id)
        select graphile_worker.add_job($7, json_build_object('deliveryId', id)) is not null from stored`,
      values: [newId(), provider, id, type, rawBody.toString(), this.platform.clock.now(), paymentJobs.settle],
    })
    return rowCount === 1 ? 'stored' : 'duplicate'
  }
}
