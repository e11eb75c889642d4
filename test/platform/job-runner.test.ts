import { afterAll, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from '../../src/platform/database/database.js'
import { startEmbeddedPostgres } from '../../src/platform/database/embedded-postgres.js'
import { Lifeline } from '../../src/platform/database/lifeline.js'
import { migrateDeploy } from '../../src/platform/database/migrate.js'
import type { JobHandler } from '../../src/platform/jobs/job-handler.js'
import { runJobs } from '../../src/platform/jobs/job-runner.js'
import { createLogger } from '../../src/platform/observability/logger.js'
import { createTestDatabase } from '../testkit/database.js'
import { temporaryFolder } from '../testkit/temporary-folder.js'

const log = createLogger(process.env.TEST_LOG ?? 'silent')

const addJob = (database: Database) => database.pool.query("select graphile_worker.add_job('work', '{}')")

async function jobs(database: Database) {
  const { rows } = await database.pool.query<{ attempts: number; locked: boolean }>(
    'select attempts, locked_at is not null as locked from graphile_worker.jobs',
  )
  return rows
}

describe('the worker of a process', { timeout: 120_000 }, () => {
  test('survives the loss of its database at the end of a job, and does the job again', async () => {
    const dataDir = temporaryFolder()
    let postgres = await startEmbeddedPostgres({ dataDir, fast: true })
    afterAll(() => postgres.stop())
    await migrateDeploy(postgres.url)
    const database = openDatabase({ url: postgres.url, maxConnections: 6 })
    const lifeline = await Lifeline.open(postgres.url)
    let runs = 0
    let finish = () => {}
    const finished = new Promise<void>((resolve) => {
      finish = resolve
    })
    const work: JobHandler = async () => {
      runs++
      await finished
    }
    const worker = await runJobs(database.pool, { handlers: { work }, crontab: [] }, log, 2, lifeline)
    await addJob(database)
    await expect.poll(() => runs, { timeout: 10_000 }).toBe(1)
    await postgres.stop()
    finish()
    await new Promise((resolve) => setTimeout(resolve, 500))
    postgres = await startEmbeddedPostgres({ dataDir, fast: true })

    await expect.poll(() => jobs(database), { timeout: 60_000 }).toEqual([])
    expect(runs).toBe(2)
    await worker.stop()
    await lifeline.close()
    await database.close()
    await postgres.stop()
  })

  test('leaves a job that does not end in time to the next', async () => {
    const { url } = await createTestDatabase()
    const database = openDatabase({ url, maxConnections: 6 })
    let signal: AbortSignal | undefined
    let finish = () => {}
    const work: JobHandler = (_, context) => {
      signal = context.signal
      return new Promise((resolve) => {
        finish = resolve
      })
    }
    const worker = await runJobs(database.pool, { handlers: { work }, crontab: [] }, log, 2)
    await addJob(database)
    await expect.poll(() => signal, { timeout: 10_000 }).toBeDefined()
    const stoppedAt = Date.now()
    await worker.stop()
    const took = Date.now() - stoppedAt
    const left = await jobs(database)
    finish()
    await database.close()

    expect(took).toBeLessThan(13_000)
    expect(signal?.aborted).toBe(true)
    expect(left).toEqual([{ attempts: 1, locked: false }])
  })

  test('works on after a job could not be reported as done while others were running', async () => {
    const { url } = await createTestDatabase()
    const database = openDatabase({ url, maxConnections: 8 })
    const lifeline = await Lifeline.open(url)
    const finishes: (() => void)[] = []
    const work: JobHandler = () => new Promise((resolve) => void finishes.push(resolve))
    const worker = await runJobs(database.pool, { handlers: { work }, crontab: [] }, log, 4, lifeline)
    for (let count = 0; count < 4; count++) await addJob(database)
    await expect.poll(() => finishes.length, { timeout: 10_000 }).toBe(4)
    await database.pool.query(`
      create function refuse() returns trigger language plpgsql as $$ begin raise exception 'the disk is full'; end $$;
      create trigger refuse before delete on graphile_worker._private_jobs for each row execute function refuse()`)
    finishes.shift()?.()
    await new Promise((resolve) => setTimeout(resolve, 300))
    await database.pool.query('drop trigger refuse on graphile_worker._private_jobs')
    for (const finish of finishes.splice(0)) {
      finish()
      await new Promise((resolve) => setTimeout(resolve, 100))
    }

    // What was done and not reported is done again.
    await expect.poll(() => finishes.length, { timeout: 60_000 }).toBeGreaterThan(0)
    for (const finish of finishes.splice(0)) finish()
    await expect.poll(() => jobs(database), { timeout: 10_000 }).toEqual([])
    await worker.stop()
    await lifeline.close()
    await database.close()
  })
})
