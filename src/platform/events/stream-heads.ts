import type { Pool } from 'pg'

/** The last number of each of these streams that has had an event. */
export async function readHeads(pool: Pool, streams: readonly string[]): Promise<ReadonlyMap<string, bigint>> {
  const { rows } = await pool.query<{ name: string; last_number: string }>({
    name: 'stream-heads',
    text: 'select name, last_number from event_streams where name = any($1)',
    values: [streams],
  })
  return new Map(rows.map(({ name, last_number }) => [name, BigInt(last_number)]))
}
