import pg from 'pg'
import { describe, expect, inject, test } from 'vitest'
import { withScratchDatabase } from '../../src/platform/database/scratch-database.js'
import { createTestDatabase } from '../testkit/database.js'
import { type ServerProcess, spawnServer } from '../testkit/server-process.js'

const templateServer = new URL(inject('templateUrl'))
templateServer.pathname = '/postgres'

describe('two servers over one database', { timeout: 120_000 }, () => {
  test('that start at once on an empty one migrate it once and seed it once', async () => {
    const demo = await withScratchDatabase(templateServer.href, async (url) => {
      const env = { DATABASE_URL: url, SEED: 'demo' }
      const servers = await Promise.all([spawnServer({ env }), spawnServer({ env })])
      await Promise.all(servers.map((server) => server.says('Ready at')))
      await Promise.all(servers.map((server) => server.stop()))
      const client = await connect(url)
      const { rows } = await client.query<{ customers: string; applied: string; tried: string }>(`
        select (select count(*) from users where email = 'customer@adtime.test') as customers,
          (select count(distinct migration_name) from _prisma_migrations) as applied,
          (select count(*) from _prisma_migrations) as tried`)
      await client.end()
      return rows[0]
    })

    expect(demo?.customers).toBe('1')
    expect(demo?.tried).toBe(demo?.applied)
  })
})

describe('the job of a process', { timeout: 120_000 }, () => {
  test('that was killed is taken up by the server that is started in its place', async () => {
    const { url } = await createTestDatabase()
    const killed = await frozenAtWork(url)
    await killed.stop('SIGKILL')
    const next = await spawnServer({ env: { DATABASE_URL: url } })
    await next.says('Ready at')

    await expect.poll(() => jobsLeft(url), { timeout: 30_000 }).toBe(0)
    await next.stop()
  })

  test('that was killed is taken up within a minute by another server that lives', async () => {
    const { url } = await createTestDatabase()
    const killed = await frozenAtWork(url)
    const other = await spawnServer({ env: { DATABASE_URL: url } })
    await other.says('Ready at')
    await killed.stop('SIGKILL')

    await expect.poll(() => jobsLeft(url), { timeout: 60_000 }).toBe(0)
    await other.stop()
  })

  test('that lives stays with it, however long it takes', async () => {
    const { url } = await createTestDatabase()
    const slow = await frozenAtWork(url)
    const other = await spawnServer({ env: { DATABASE_URL: url } })
    await other.says('Ready at')
    // Longer than both looks that a server takes when it starts.
    await new Promise((resolve) => setTimeout(resolve, 4_000))
    const attempts = await sql(url, 'select attempts from graphile_worker.jobs')
    slow.signal('SIGCONT')
    await Promise.all([slow.stop(), other.stop()])

    expect(attempts).toEqual([{ attempts: 1 }])
  })
})

/** A server in the middle of a job, frozen so that it cannot end it. */
async function frozenAtWork(url: string): Promise<ServerProcess> {
  const server = await spawnServer({ env: { DATABASE_URL: url } })
  await server.says('Ready at')
  const holder = await connect(url)
  await holder.query('BEGIN; LOCK TABLE idempotency_keys IN ACCESS EXCLUSIVE MODE')
  await sql(url, "select graphile_worker.add_job('prune-idempotency-keys', '{}')")
  await expect
    .poll(() => sql(url, 'select from graphile_worker.jobs where locked_at is not null'), { timeout: 10_000 })
    .toHaveLength(1)
  server.signal('SIGSTOP')
  await holder.query('COMMIT')
  await holder.end()
  return server
}

const jobsLeft = async (url: string): Promise<number> => (await sql(url, 'select from graphile_worker.jobs')).length

async function sql(url: string, statement: string): Promise<unknown[]> {
  const client = await connect(url)
  const { rows } = await client.query(statement)
  await client.end()
  return rows as unknown[]
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  return client
}
