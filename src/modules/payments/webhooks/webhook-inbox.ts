import DataLoader from 'dataloader'
import { DatabaseError } from 'pg'
import type { PaymentProvider } from '../../../generated/prisma/enums.js'
import { newId } from '../../../kernel/ids.js'
import type { Platform } from '../../../platform/platform.js'
import type { ProviderEvent } from '../payment-provider.js'
import { paymentJobs } from '../payments.jobs.js'

const TOGETHER = 50

type Answer = 'stored' | 'duplicate'

interface Arrival {
  readonly id: string
  readonly provider: PaymentProvider
  readonly event: ProviderEvent
  readonly body: string
}

/** Webhooks as they arrived, before anything believes them. */
export class WebhookInbox {
  private underWay: Promise<unknown> = Promise.resolve()

  // What arrives while a statement is under way is stored by the next, together: a commit and a wake-up of the workers for each
  // webhook alone would be most of what taking it in costs.
  private readonly arrivals = new DataLoader<Arrival, Answer>((arrivals) => this.storeTogether(arrivals), {
    cache: false,
    maxBatchSize: TOGETHER,
    batchScheduleFn: (dispatch) => void this.underWay.then(dispatch),
  })

  constructor(private readonly platform: Pick<Platform, 'database' | 'clock'>) {}

  /**
   * Stores a verified webhook together with the job that reads it, both or neither, in one statement: providers give little
   * time to answer. What came before is not stored again.
   */
  store(provider: PaymentProvider, event: ProviderEvent, rawBody: Buffer): Promise<Answer> {
    return this.arrivals.load({ id: newId(), provider, event, body: rawBody.toString() })
  }

  private storeTogether(arrivals: readonly Arrival[]): Promise<(Answer | Error)[]> {
    const stored = this.insert(arrivals).catch((error: Error) =>
      // One that the database refuses must not be the end of the others. Without a database nobody is better off alone.
      arrivals.length === 1 || !(error instanceof DatabaseError)
        ? arrivals.map(() => error)
        : Promise.all(arrivals.map((arrival) => this.insert([arrival]).then(([answer]) => answer as Answer, asError))),
    )
    this.underWay = stored
    return stored
  }

  private async insert(arrivals: readonly Arrival[]): Promise<Answer[]> {
    const { rows } = await this.platform.database.pool.query<{ ids: string[] }>({
      name: 'webhook-inbox-store',
      // In the order of their keys, so that servers with the same webhooks wait for each other instead of locking each other out.
      text: `with stored as (
          insert into webhook_deliveries (id, provider, event_id, event_type, body, received_at)
          select id, provider::payment_provider, event_id, event_type, body::jsonb, $6
          from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[]) as a (id, provider, event_id, event_type, body)
          order by provider, event_id
          on conflict (provider, event_id) do nothing returning id),
        wanted as (
          select array_agg(id) as ids, array_agg(json_populate_record(null::graphile_worker.job_spec,
            json_build_object('identifier', $7::text, 'payload', json_build_object('deliveryId', id)))) as jobs
          from stored having count(*) > 0)
        select ids, added.count from wanted, lateral (select count(*) from graphile_worker.add_jobs(jobs)) as added`,
      values: [
        arrivals.map(({ id }) => id),
        arrivals.map(({ provider }) => provider),
        arrivals.map(({ event }) => event.id),
        arrivals.map(({ event }) => event.type),
        arrivals.map(({ body }) => body),
        this.platform.clock.now(),
        paymentJobs.settle,
      ],
    })
    const ids = new Set(rows[0]?.ids)
    return arrivals.map(({ id }) => (ids.has(id) ? 'stored' : 'duplicate'))
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)))
