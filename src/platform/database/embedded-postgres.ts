import { randomBytes } from 'node:crypto'
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import pg from 'pg'

import { freePort } from './free-port.js'
import { type PostgresAccount, postgresAccount } from './postgres-account.js'
import { type PostgresBinaries, postgresBinaries } from './postgres-binaries.js'
import { postgresLock } from './postgres-lock.js'
import { PostgresStartError, runToEnd, startServer } from './postgres-process.js'

export interface EmbeddedPostgresOptions {
  /** Everything is kept in its folder `postgres`, which is made when it is missing. */
  readonly dataDir: string
  /** Trades durability for speed: for tests and loading benchmarks only. */
  readonly fast?: boolean
  readonly log?: (line: string) => void
}

export interface EmbeddedPostgres {
  /** A superuser's URL of the database `adtime`. Holds the password: never log it. */
  readonly url: string
  /** Ends its connections, writes everything down and returns when it is gone, in ten seconds at most. */
  stop(): Promise<void>
}

const USER = 'adtime'
const DATABASE = 'adtime'

// With LC_CTYPE=C full-text search would neither fold nor stem Cyrillic, whatever the provider.
const CTYPE = process.platform === 'darwin' ? 'en_US.UTF-8' : 'C.UTF-8'
const LOCALE = [
  '--encoding=UTF8',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--lc-collate=C',
  `--lc-ctype=${CTYPE}`,
]

const ALWAYS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'lc_messages=C',
  'timezone=UTC',
  'log_timezone=UTC',
]

const FAST = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_wal_size=4GB', 'max_connections=300']

/** A folder that another server holds for longer than this is in use; one that is being left is waited for. */
const HELD_MS = 2_000
const LEAVING_MS = 30_000

/**
 * Starts a real PostgreSQL on 127.0.0.1 from the programs npm installed. It lives as long as this process: it is stopped
 * by `stop()`, or stops itself when the process is killed. Signals sent to the process or its terminal do not reach it.
 *
 * @throws Error with one message for a person: the folder is in use, belongs to someone else, or the cause PostgreSQL gave
 */
export async function startEmbeddedPostgres({
  dataDir,
  fast = false,
  log = () => {},
}: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const home = resolve(dataDir, 'postgres')
  const binaries = await postgresBinaries()
  await mkdir(dataDir, { recursive: true })
  const account = postgresAccount(home)
  const password = (await readPassword(home)) ?? (await initialise(home, binaries, account))
  const settings = fast ? FAST : []
  const { port, stop } = await listen({ home, binaries, account, settings, log })
  const url = embeddedUrl(password, port)
  try {
    await ensureDatabase(url)
  } catch (error) {
    await stop()
    throw error
  }
  return { url, stop }
}

/** Holds the password: never log it. */
export const embeddedUrl = (password: string, port: number): string =>
  `postgresql://${USER}:${password}@127.0.0.1:${port}/${DATABASE}`

async function readPassword(home: string): Promise<string | null> {
  try {
    return (await readFile(join(home, 'password'), 'utf8')).trim()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return null
    if (code !== 'EACCES') throw error
    throw new Error(
      `${home} belongs to another account. Run AdTime as that account, or set DATA_DIR to a folder of your own.`,
    )
  }
}

/** Built aside and renamed, so that neither a crash nor a second process leaves half a cluster. */
async function initialise(home: string, { initdb }: PostgresBinaries, account: PostgresAccount): Promise<string> {
  const draft = `${home}.${randomBytes(4).toString('hex')}`
  const password = randomBytes(24).toString('hex')
  const passwordFile = join(draft, 'password')
  try {
    await mkdir(join(draft, 'data'), { recursive: true, mode: 0o700 })
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
    if (account)
      await Promise.all([draft, join(draft, 'data'), passwordFile].map((path) => chown(path, account.uid, account.gid)))
    const args = [
      '-D',
      join(draft, 'data'),
      '-U',
      USER,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--no-instructions',
      ...LOCALE,
    ]
    await runToEnd({ program: initdb, args, account })
    await rename(draft, home)
    return password
  } catch (cause) {
    await rm(draft, { recursive: true, force: true })
    const winner = await readPassword(home)
    if (winner) return winner
    throw new Error(`PostgreSQL could not be set up in ${home}: ${(cause as Error).message}`, { cause })
  }
}

interface Cluster {
  readonly home: string
  readonly binaries: PostgresBinaries
  readonly account: PostgresAccount
  readonly settings: readonly string[]
  readonly log: (line: string) => void
}

async function listen({
  home,
  binaries,
  account,
  settings,
  log,
}: Cluster): Promise<{ port: number; stop: () => Promise<void> }> {
  const data = join(home, 'data')
  const portFile = join(home, 'port')
  const startedAt = Date.now()
  let wanted = Number(await readFile(portFile, 'utf8').catch(() => '')) || undefined
  for (;;) {
    const port = await freePort(wanted)
    const options = [...ALWAYS, `port=${port}`, ...settings].flatMap((setting) => ['-c', setting])
    try {
      const stop = await startServer({ program: binaries.postgres, args: ['-D', data, ...options], account }, log)
      await writeFile(portFile, String(port), { mode: 0o600 })
      return { port, stop }
    } catch (error) {
      if (!(error instanceof PostgresStartError)) throw error
      await overcome(error, home, Date.now() - startedAt)
      wanted = port
    }
  }
}

/** Returns when another attempt may succeed. */
async function overcome(error: PostgresStartError, home: string, waitedMs: number): Promise<void> {
  const isPortTaken = /could not bind|Address already in use/.test(error.message)
  if (isPortTaken && waitedMs < LEAVING_MS) return
  const isLocked = /lock file|shared memory block/.test(error.message)
  if (!isLocked) throw new Error(`PostgreSQL did not start in ${home}:\n${error.message}`, { cause: error })
  const lock = await postgresLock(join(home, 'data'))
  if (lock === 'stale') return rm(join(home, 'data', 'postmaster.pid'), { force: true })
  if (waitedMs > (lock === 'stopping' ? LEAVING_MS : HELD_MS)) {
    throw new Error(`${home} is in use by another AdTime. Stop that one first, or set DATA_DIR to another folder.`, {
      cause: error,
    })
  }
  await sleep(100)
}

async function ensureDatabase(url: string): Promise<void> {
  const admin = new URL(url)
  admin.pathname = '/postgres'
  const client = new pg.Client({ connectionString: admin.href, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {}) // A connection that breaks fails the next query.
  await client.connect()
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`)
  } finally {
    await client.end()
  }
}
