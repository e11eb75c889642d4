import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbeddedPostgres } from '../../src/platform/database/embedded-postgres.js'
import { migrateDeploy } from '../../src/platform/database/migrate.js'

export interface BenchSize {
  readonly orders: number
  readonly users: number
  readonly items: number
}

export const fullSize: BenchSize = { orders: 200_000, users: 10_000, items: 5_000 }
export const quickSize: BenchSize = { orders: 4_000, users: 200, items: 500 }

export interface BenchDatabase {
  readonly url: string
  readonly pool: pg.Pool
  stop(): Promise<void>
}

interface BenchDatabaseOptions {
  readonly root: string
  readonly size: BenchSize
  /** Load anew. */
  readonly isFresh: boolean
  /** A loaded database of the caller's own; nothing is started or loaded then. */
  readonly url: string | null
  readonly signal: AbortSignal
}

/** A migrated and loaded database. The embedded one is kept in `.cache/bench` between runs, a folder for each size. */
export async function openBenchDatabase({
  root,
  size,
  isFresh,
  url,
  signal,
}: BenchDatabaseOptions): Promise<BenchDatabase> {
  if (url) return prepared(url, async () => undefined)
  const dataDir = join(root, '.cache/bench', `${size.orders}-orders`)
  const marker = join(dataDir, 'loaded')
  // Half a load is worth nothing.
  if (isFresh || !existsSync(marker)) await rm(dataDir, { recursive: true, force: true })
  const { url: embedded, stop } = await startEmbeddedPostgres({ dataDir, fast: true })
  try {
    await migrateDeploy(embedded)
    if (!existsSync(marker)) {
      await load(root, embedded, size, signal)
      await writeFile(marker, '')
    }
    return await prepared(embedded, stop)
  } catch (error) {
    await stop()
    throw error
  }
}

async function prepared(url: string, stop: () => Promise<void>): Promise<BenchDatabase> {
  const pool = new pg.Pool({ connectionString: url, max: 8 })
  pool.on('error', () => undefined)
  await pool.query(await readFile(join(import.meta.dirname, 'create-order.sql'), 'utf8'))
  return {
    url,
    pool,
    async stop() {
      await pool.end()
      await stop()
    },
  }
}

async function load(
  root: string,
  url: string,
  { orders, users, items }: BenchSize,
  signal: AbortSignal,
): Promise<void> {
  const counts = ['--orders', `${orders}`, '--users', `${users}`, '--items', `${items}`]
  const child = spawn('npm', ['run', '--silent', 'seed', '--', ...counts], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: url },
    stdio: 'inherit',
    signal,
  })
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', resolve)
  })
  if (code !== 0) throw new Error('the data was not loaded')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('vacuum analyze')
  await client.end()
}
