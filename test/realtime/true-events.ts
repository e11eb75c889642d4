import type { Database } from '../../src/platform/database/database.js'

export interface TrueEvent {
  readonly name: string
  readonly occurredAt: Date
}

export interface DeliveredOrderEvent {
  readonly type: string
  readonly toStatus: string
  readonly productionStage: string | null
  readonly occurredAt: string
  readonly order: { readonly id: string }
}

export const orderEventName = ({ order, type, toStatus, productionStage, occurredAt }: DeliveredOrderEvent): string =>
  [order.id, type, toStatus, productionStage, new Date(occurredAt).toISOString()].join(' ')

/** What the database says happened in a stream, after a number. */
export async function trueEvents({ pool }: Database, stream: string, after: bigint): Promise<TrueEvent[]> {
  const { rows } = await pool.query<{
    id: string | null
    order: string
    type: string
    status: string
    stage: string | null
    at: Date
  }>(
    `select coalesce(m.id, n.id) as id, e.order_id as order, e.type, e.to_status as status, e.production_stage as stage,
       coalesce(e.occurred_at, m.created_at, n.created_at) as at
     from stream_events s left join order_events e on e.id = s.subject_id
       left join chat_messages m on m.id = s.subject_id left join notifications n on n.id = s.subject_id
     where s.stream = $1 and s.number > $2 order by s.number`,
    [stream, after.toString()],
  )
  return rows.map(({ id, order, type, status, stage, at }) => ({
    name:
      id ??
      orderEventName({
        order: { id: order },
        type,
        toStatus: status,
        productionStage: stage,
        occurredAt: at.toISOString(),
      }),
    occurredAt: at,
  }))
}

/** The number of the stream's last event. */
export async function headOf({ pool }: Database, stream: string): Promise<bigint> {
  const { rows } = await pool.query<{ number: string }>(
    'select last_number as number from event_streams where name = $1',
    [stream],
  )
  return BigInt(rows[0]?.number ?? 0)
}
