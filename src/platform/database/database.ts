import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'

import { PrismaClient } from '../../generated/prisma/client.js'
import { statementNames } from './statement-names.js'

export interface DatabaseOptions {
  readonly url: string
  /** The most connections this process opens, Prisma's and the pool's together. */
  readonly maxConnections: number
  /** How long one statement may take; as long as a request waits unless told. */
  readonly statementLimitMs?: number
  /** Hears of idle connections that broke; they are replaced by themselves. */
  readonly log?: (message: string, error: Error) => void
}

/** One database through two doors over the same connections: Prisma for the model, the pool for written SQL. */
export interface Database {
  readonly prisma: PrismaClient
  readonly pool: pg.Pool
  /** Returns when every connection is closed. */
  close(): Promise<void>
}

// Also the wait for a free connection: a burst on a busy machine must outlast it, a vanished server must not hang anybody.
const CONNECT_LIMIT_MS = 8_000
const STATEMENT_LIMIT_MS = 15_000
const IDLE_IN_TRANSACTION_LIMIT_MS = 15_000
const LOCK_LIMIT_MS = 10_000

/**
 * Opens a database lazily: the first query connects. Every wait has a limit, so that a lost database fails requests instead
 * of hanging them; when it is back, the next query succeeds.
 */
export function openDatabase({
  url,
  maxConnections,
  statementLimitMs = STATEMENT_LIMIT_MS,
  log = () => {},
}: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionString: inUtc(url),
    max: maxConnections,
    application_name: 'adtime',
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    idleTimeoutMillis: 30_000,
    statement_timeout: statementLimitMs,
    lock_timeout: LOCK_LIMIT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_LIMIT_MS,
    // The client's own limit, for a server that vanished without closing its sockets.
    query_timeout: statementLimitMs + 1_000,
  })
  pool.on('error', (error) => {
    // While closing, a server that stops at the same time is no news.
    if (!pool.ending) log('an idle database connection broke', error)
  })
  // A connection in use that breaks fails its query; without a listener its event would also end the process.
  pool.on('connect', (client) => client.on('error', () => {}))
  const prisma = new PrismaClient({
    adapter: new PrismaPg(pool, { statementNameGenerator: statementNames() }),
    transactionOptions: { maxWait: CONNECT_LIMIT_MS, timeout: STATEMENT_LIMIT_MS },
  })
  return {
    prisma,
    pool,
    close: async () => {
      await prisma.$disconnect()
      await pool.end()
    },
  }
}

/** Prisma writes times without a zone and reads them dropping it, which is right only in a session that lives in UTC. */
function inUtc(url: string): string {
  const withZone = new URL(url)
  const options = withZone.searchParams.get('options')
  withZone.searchParams.set('options', [options, '-c TimeZone=UTC'].filter(Boolean).join(' '))
  return withZone.href
}
