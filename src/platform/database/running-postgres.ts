import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { embeddedUrl } from './embedded-postgres.js'

const PATIENCE_MS = 2_000

/**
 * The embedded database of a server that runs over `dataDir` at this moment, for those who only look at it.
 * @returns its URL, or null when none runs there. Holds the password: never log it
 */
export async function runningPostgres(dataDir: string): Promise<string | null> {
  const home = resolve(dataDir, 'postgres')
  const kept = (name: string) => readFile(join(home, name), 'utf8').then((text) => text.trim())
  const found = await Promise.all([kept('password'), kept('port')]).catch(() => null)
  if (!found) return null
  const [password, port] = found
  const url = embeddedUrl(password, Number(port))
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: PATIENCE_MS })
  client.on('error', () => {}) // A connection that breaks fails the next query.
  try {
    await client.connect()
    return url
  } catch {
    return null
  } finally {
    await client.end().catch(() => undefined)
  }
}
