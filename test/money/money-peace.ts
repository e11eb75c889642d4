import { setTimeout as sleep } from 'node:timers/promises'
import { LIFELINE_LOCK } from '../../src/platform/database/lifeline.js'
import type { Script } from './money-steps.js'
import type { MoneyWorld } from './money-world.js'

const CLOCKS = [
  'reconcile-payments',
  'cancel-unpaid-orders',
  'complete-shipped-orders',
  'assign-waiting-orders',
  'keep-plans',
] as const
const QUIET_LIMIT_MS = 40_000
const ROUNDS = 60
const LEAST_STEP_MS = 10 * 60_000
const FORGOTTEN_MS = 3_000

/** Time goes on, and what the clock does happens. The queue's clock is the database's, so its jobs are brought forward. */
export async function passTime({ clock, database: { pool } }: MoneyWorld, ms: number): Promise<void> {
  clock.advance(ms)
  await pool.query(
    `update graphile_worker._private_jobs set run_at = now() where run_at > now() and run_at <= $1 and locked_at is null`,
    [clock.now()],
  )
  for (const task of CLOCKS) await pool.query('select graphile_worker.add_job($1, job_key => $1)', [task])
  await pool.query(`select pg_notify('jobs:insert', '{"r":0,"count":4}')`)
}

/**
 * Nothing goes wrong any more, and everybody has the time they need.
 * @throws Error when something is still open in the end
 */
export async function makePeace(world: MoneyWorld, lastWebhooks: Script['lastWebhooks']): Promise<void> {
  const { YOOKASSA, STRIPE } = world.simulators
  for (const { faults } of [YOOKASSA, STRIPE]) faults.clear()
  decideRefunds(world)
  await quiet(world)
  for (const { deliveries } of [YOOKASSA, STRIPE])
    if (lastWebhooks === 'arrive') await deliveries.deliver({ order: 'shuffled' })
    else deliveries.lose()
  for (let round = 0; ; round++) {
    await quiet(world)
    decideRefunds(world)
    const { open, next } = await whatIsOpen(world)
    if (open.length === 0) break
    if (round === ROUNDS) throw new Error(`still open after ${ROUNDS} rounds:\n${open.join('\n')}`)
    const wait = next === null ? 0 : next.getTime() - world.clock.now().getTime()
    await passTime(world, Math.max(wait + 1_000, LEAST_STEP_MS))
  }
  for (const { deliveries } of [YOOKASSA, STRIPE]) {
    deliveries.lose()
    deliveries.gone.length = 0
  }
}

function decideRefunds({ simulators: { YOOKASSA, STRIPE } }: MoneyWorld): void {
  YOOKASSA.refunds.outcome = 'succeeded'
  for (const { id, status } of YOOKASSA.refunds.all.values())
    if (status === 'pending') YOOKASSA.refunds.settle(id, 'succeeded')
  for (const { id, status } of STRIPE.refunds.all.values())
    if (status === 'pending') STRIPE.refunds.decide(id, 'succeeded')
}

/** What nobody has brought to its end, and when somebody looks at the first of it. */
async function whatIsOpen({ database: { pool } }: MoneyWorld): Promise<{ open: string[]; next: Date | null }> {
  const { rows } = await pool.query<{ what: string; at: Date | null }>(`
    select 'payment ' || id || ' ' || provider || ' ' || status || ' check ' || checks as what, next_check_at as at from payments
      where next_check_at is not null or status in ('PENDING', 'WAITING_FOR_CAPTURE')
    union all select 'refund ' || id || ' ' || status || ' check ' || checks, next_check_at from refunds
      where next_check_at is not null or status = 'PENDING'
    union all select 'webhook ' || provider || ' ' || event_type || ': ' || coalesce(error, ''), null from webhook_deliveries
      where status in ('RECEIVED', 'FAILED')
    union all select 'job ' || task_identifier || ' try ' || attempts || ' of ' || max_attempts || ': ' || coalesce(left(last_error, 300), ''), run_at
      from graphile_worker.jobs where attempts < max_attempts or task_identifier like '%.settle'`)
  const times = rows.flatMap(({ at }) => at ?? [])
  return {
    open: rows.map(({ what }) => what),
    next: times.sort((left, right) => left.getTime() - right.getTime())[0] ?? null,
  }
}

/** Waits until no job runs and none is due. @throws after forty seconds */
export async function quiet(world: MoneyWorld): Promise<void> {
  const startedAt = Date.now()
  for (;;) {
    const { rows } = await world.database.pool.query<{ what: string }>(`
      select task_identifier || ' ' || coalesce(locked_by, 'waiting') as what from graphile_worker.jobs
      where locked_at is not null or (run_at <= now() and attempts < max_attempts)`)
    if (rows.length === 0) return
    if (Date.now() - startedAt > QUIET_LIMIT_MS)
      throw new Error(`jobs do not come to rest: ${rows.map(({ what }) => what).join(', ')}`)
    if (Date.now() - startedAt > FORGOTTEN_MS) await unlockOfDeadWorkers(world)
    await sleep(15)
  }
}

/** What every server does three times a minute: nobody here waits that long. */
async function unlockOfDeadWorkers({ database: { pool } }: MoneyWorld): Promise<void> {
  await pool.query(
    `select graphile_worker.force_unlock_workers(array_agg(locked_by)) from (
       select distinct locked_by from graphile_worker.jobs where locked_by is not null and not exists (
         select from pg_locks where locktype = 'advisory' and objsubid = 2 and classid = $1
           and objid::bigint = hashtext(locked_by) & x'ffffffff'::bigint
           and database = (select oid from pg_database where datname = current_database()))) dead
     having count(*) > 0`,
    [LIFELINE_LOCK],
  )
}
