import { randomBytes } from 'node:crypto'

import pg from 'pg'

/**
 * Makes a database beside the one the URL names, lends it to the work, and drops it whatever happens.
 * The URL's role needs CREATEDB.
 */
export async function withScratchDatabase<T>(url: string, work: (scratchUrl: string) => Promise<T>): Promise<T> {
  const name = `adtime_scratch_${randomBytes(6).toString('hex')}`
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {}) // A connection that breaks fails the next query.
  await client.connect()
  try {
    await client.query(`CREATE DATABASE ${name}`)
    try {
      const scratch = new URL(url)
      scratch.pathname = `/${name}`
      return await work(scratch.href)
    } finally {
      await client.query(`DROP DATABASE ${name} WITH (FORCE)`)
    }
  } finally {
    await client.end()
  }
}
