import type { Config } from '../platform/config/config.js'
import { ConfigError } from '../platform/config/config-error.js'
import { databaseProblem } from '../platform/database/database-problem.js'
import { startEmbeddedPostgres } from '../platform/database/embedded-postgres.js'
import { migrateDeploy } from '../platform/database/migrate.js'

export interface Store {
  readonly url: string
  /** Ends the embedded database; nothing where DATABASE_URL names one. */
  stop(): Promise<void>
}

/** The configured database, or the embedded one, started. @throws ConfigError */
export async function openStore({ databaseUrl, dataDir }: Config): Promise<Store> {
  if (databaseUrl) return { url: databaseUrl, stop: async () => undefined }
  try {
    return await startEmbeddedPostgres({ dataDir })
  } catch (error) {
    throw new ConfigError([(error as Error).message])
  }
}

/** @throws ConfigError in words for whoever set DATABASE_URL */
export async function migrateStore({ url }: Pick<Store, 'url'>): Promise<void> {
  try {
    await migrateDeploy(url)
  } catch (error) {
    throw new ConfigError([databaseProblem(url, error)])
  }
}
