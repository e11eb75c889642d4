import { randomBytes } from 'node:crypto'

import pg from 'pg'
import { inject } from 'vitest'

export interface TestDatabase {
  readonly url: string
}

interface Named extends TestDatabase {
  readonly name: string
}

const databases: Named[] = []

const CLOSE_GRACE_MS = 1_000

/** A migrated, empty database of this test file alone. It is dropped after the file, which has to close its connections first. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await asAdmin((admin) => admin.query(`CREATE DATABASE ${name} TEMPLATE ${templateName()}`))
  const url = new URL(inject('templateUrl'))
  url.pathname = `/${name}`
  const database = { name, url: url.href }
  databases.push(database)
  return database
}

/** Drops this file's databases. @returns what is still connected to them, as sentences, after a short grace */
export async function dropTestDatabases(): Promise<string[]> {
  const dropped = databases.splice(0)
  if (dropped.length === 0) return []
  return asAdmin(async (admin) => {
    const leaks = await openConnections(admin, dropped)
    // Dropped from under a leaked connection, its error would hide the leak; the cluster ends with the run anyway.
    if (leaks.length === 0) for (const { name } of dropped) await admin.query(`DROP DATABASE ${name} WITH (FORCE)`)
    return leaks
  })
}

async function openConnections(admin: pg.Client, among: readonly Named[]): Promise<string[]> {
  const giveUpAt = Date.now() + CLOSE_GRACE_MS
  for (;;) {
    const { rows } = await admin.query<{ application: string; state: string; query: string }>(
      `SELECT application_name AS application, state, left(query, 120) AS query FROM pg_stat_activity
       WHERE datname = ANY($1) AND backend_type = 'client backend'`,
      [among.map(({ name }) => name)],
    )
    if (rows.length === 0 || Date.now() > giveUpAt) {
      return rows.map(
        ({ application, state, query }) =>
          `a database connection (${application || 'unnamed'}, ${state}), last used for: ${query}`,
      )
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function asAdmin<T>(work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const url = new URL(inject('templateUrl'))
  url.pathname = '/postgres'
  const admin = new pg.Client({ connectionString: url.href, connectionTimeoutMillis: 5_000 })
  await admin.connect()
  try {
    return await work(admin)
  } finally {
    await admin.end()
  }
}

function templateName(): string {
  return new URL(inject('templateUrl')).pathname.slice(1)
}
