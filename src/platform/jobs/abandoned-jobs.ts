import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'pg'
import { LIFELINE_LOCK } from '../database/lifeline.js'
import type { Logger } from '../observability/logger.js'

const EVERY_MS = 20_000
// A living worker whose lifeline broke has it again by then.
const SECOND_LOOK_MS = 2_000

/**
 * Gives back the jobs of workers whose process is gone; the queue itself would keep them for four hours. A worker is gone when no
 * session holds the lock of its name, at two looks in a row.
 */
export function watchAbandonedJobs(pool: Pool, log: Logger): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const { signal } = stopping

  const watch = async () => {
    while (!signal.aborted) {
      await giveBack(pool, log, signal).catch((error: unknown) => {
        if (!signal.aborted) log.warn({ err: error }, 'the jobs of dead workers could not be looked for')
      })
      await sleep(EVERY_MS, undefined, { signal }).catch(() => undefined)
    }
  }

  const watched = watch()
  return {
    async stop() {
      stopping.abort()
      await watched
    },
  }
}

async function giveBack(pool: Pool, log: Logger, signal: AbortSignal): Promise<void> {
  const suspects = await workersWithoutLifeline(pool)
  if (suspects.length === 0) return
  await sleep(SECOND_LOOK_MS, undefined, { signal })
  const stillWithout = new Set(await workersWithoutLifeline(pool))
  const gone = suspects.filter((worker) => stillWithout.has(worker))
  if (gone.length === 0) return
  await pool.query('select graphile_worker.force_unlock_workers($1)', [gone])
  log.warn({ workers: gone }, 'jobs of workers that are gone were given back to the queue')
}

async function workersWithoutLifeline(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ worker: string }>(
    `select distinct locked_by as worker from graphile_worker.jobs
     where locked_by is not null and not exists (
       select from pg_locks
       where locktype = 'advisory' and objsubid = 2 and classid = $1 and objid::bigint = hashtext(locked_by) & x'ffffffff'::bigint
         and database = (select oid from pg_database where datname = current_database()))`,
    [LIFELINE_LOCK],
  )
  return rows.map(({ worker }) => worker)
}
