import { type Clock, systemClock } from '../kernel/clock.js'
import type { Config } from '../platform/config/config.js'
import type { Secrets } from '../platform/config/secrets.js'
import { openDatabase } from '../platform/database/database.js'
import type { Logger } from '../platform/observability/logger.js'
import { seedDemo } from './seed/seed-demo.js'
import { withSeedingLock } from './seed/seeding-lock.js'

export interface SeedOptions {
  readonly config: Pick<Config, 'environment' | 'seed' | 'dataDir'>
  readonly secrets: Pick<Secrets, 'passwordPeppers'>
  /** A migrated database. */
  readonly databaseUrl: string
  readonly log: Logger
  readonly say: (line: string) => void
  readonly clock?: Clock
}

/**
 * Seeds the demo into a database without users; elsewhere, in production and with SEED=none it does nothing. All or nothing:
 * what a crash leaves is still empty, and is seeded on the next start.
 * @returns whether it did
 */
export async function seedWhenEmpty({
  config,
  secrets,
  databaseUrl,
  log,
  say,
  clock = systemClock,
}: SeedOptions): Promise<boolean> {
  if (config.environment === 'production' || config.seed === 'none') return false
  return withSeedingLock(databaseUrl, async (client) => {
    const { rowCount } = await client.query('SELECT FROM users LIMIT 1')
    if (rowCount !== 0) return false
    const warn = (message: string, error: Error) => log.warn({ err: error }, message)
    const database = openDatabase({ url: databaseUrl, maxConnections: 1, log: warn })
    try {
      await seedDemo({ config, secrets, database, clock, say })
    } finally {
      await database.close()
    }
    return true
  })
}
