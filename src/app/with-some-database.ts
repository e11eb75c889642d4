import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { startEmbeddedPostgres } from '../platform/database/embedded-postgres.js'

/** Lends the work a server to make scratch databases on: the one of DATABASE_URL, else one that lives only as long as the work. */
export async function withSomeDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  if (process.env.DATABASE_URL) return work(process.env.DATABASE_URL)
  const dataDir = await mkdtemp(join(tmpdir(), 'adtime-'))
  await chmod(dataDir, 0o711) // Root's PostgreSQL runs as another account, which has to pass through.
  try {
    const postgres = await startEmbeddedPostgres({ dataDir, fast: true })
    try {
      return await work(postgres.url)
    } finally {
      await postgres.stop()
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}
