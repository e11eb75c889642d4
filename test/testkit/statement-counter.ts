import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'

export interface StatementCounter {
  /** The statements that a piece of work sent to the database, transaction control left out. */
  during(work: () => Promise<unknown>): Promise<string[]>
  /** Also those that run by the clock, whatever a piece of work does. */
  duringWithBackground(work: () => Promise<unknown>): Promise<string[]>
}

const CONTROL = /^\s*(begin|commit|rollback|savepoint|release)\b/i
// What runs by the clock, whatever a request does: the job worker looks for jobs, streams read their heads, and who the viewer is
// is asked anew every two seconds.
const BACKGROUND = /graphile_worker|from event_streams where|as "needsSecondFactor"/

/** Listens to every connection of a pool. Statements of work that runs at the same time count too: measure in a quiet server. */
export function countStatements(pool: pg.Pool): StatementCounter {
  let heard: string[] | null = null
  const listening = new WeakSet<object>()
  const listen = (client: pg.PoolClient) => {
    if (listening.has(client)) return
    listening.add(client)
    const query = client.query.bind(client) as (...args: unknown[]) => unknown
    ;(client as { query: unknown }).query = (...args: unknown[]) => {
      const [first] = args
      const text = typeof first === 'string' ? first : ((first as { text?: string } | undefined)?.text ?? '')
      if (!CONTROL.test(text)) heard?.push(text)
      return query(...args)
    }
  }
  pool.on('acquire', listen)
  const duringWithBackground = async (work: () => Promise<unknown>) => {
    await untilQuiet(pool)
    heard = []
    try {
      await work()
      return heard
    } finally {
      heard = null
    }
  }
  return {
    duringWithBackground,
    async during(work) {
      return (await duringWithBackground(work)).filter((text) => !BACKGROUND.test(text))
    },
  }
}

/** Waits for the jobs that are due, such as the letters of accounts that a test has just made: they run beside the work. */
async function untilQuiet(pool: pg.Pool): Promise<void> {
  const due = async () => {
    const { rows } = await pool.query<{ due: number }>(
      `select count(*)::int as due from graphile_worker.jobs where locked_at is not null or (run_at <= now() and attempts = 0)`,
    )
    return rows[0]?.due ?? 0
  }
  const giveUpAt = Date.now() + 5_000
  while ((await due()) > 0 && Date.now() < giveUpAt) await sleep(20)
}
