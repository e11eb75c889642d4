import { addDays } from '../../kernel/clock.js'
import type { Database } from '../database/database.js'

const KEPT_DAYS = 30
const BATCH = 5_000
const MAX_BATCHES = 200

/**
 * Deletes events older than 30 days, oldest first, in short statements, a million at most; what is left is for the next run. The heads stay:
 * they are what tells a cursor that expired from one that is up to date. @returns how many were deleted
 */
export async function pruneStreamEvents(
  { pool }: Pick<Database, 'pool'>,
  now: Date,
  signal?: AbortSignal,
): Promise<number> {
  let pruned = 0
  for (let batch = 0; batch < MAX_BATCHES && !signal?.aborted; batch++) {
    const { rowCount } = await pool.query(
      `delete from stream_events e using (
         select stream, number from stream_events where occurred_at < $1 order by occurred_at limit $2
       ) old where e.stream = old.stream and e.number = old.number`,
      [addDays(now, -KEPT_DAYS), BATCH],
    )
    pruned += rowCount ?? 0
    if ((rowCount ?? 0) < BATCH) break
  }
  return pruned
}
