import { systemClock } from '../../kernel/clock.js'
import { type Config, configFrom } from '../../platform/config/config.js'
import { ConfigError } from '../../platform/config/config-error.js'
import { readEnvironment } from '../../platform/config/environment.js'
import { loadSecrets, type Secrets } from '../../platform/config/secrets.js'
import { createLogger } from '../../platform/observability/logger.js'
import { migrateStore, openStore } from '../open-store.js'
import { seedWhenEmpty } from '../seed-when-empty.js'
import { type BulkOptions, readBulkOptions, SEED_USAGE, SeedUsageError } from './bulk/bulk-options.js'
import type { ProgressOutput } from './bulk/bulk-progress.js'
import { seedBulk } from './seed-bulk.js'
import { SEED_PASSWORD } from './seed-demo.js'

export interface SeedConsole {
  readonly say: (line: string) => void
  readonly complain: (line: string) => void
  readonly progress: ProgressOutput
}

type Variables = Readonly<Record<string, string | undefined>>

/**
 * The seed command: the demo, or with `--orders` a bulk set, into DATABASE_URL or the embedded database of a stopped server.
 * @returns the exit code
 */
export async function runSeed(args: readonly string[], variables: Variables, console: SeedConsole): Promise<number> {
  try {
    const bulk = readBulkOptions(args)
    // Before the environment is read: what production lacks is not what is wrong.
    if (variables.NODE_ENV === 'production')
      throw new ConfigError(['NODE_ENV is production, and seeds never go there.'])
    const environment = readEnvironment(variables)
    const config = configFrom(environment)
    const secrets = await loadSecrets(environment, config.dataDir)
    await withDatabase(config, (databaseUrl) => seed({ config, secrets, databaseUrl }, bulk, console))
    return 0
  } catch (error) {
    if (error instanceof SeedUsageError) console.complain(`${error.message}\n\n${SEED_USAGE}`)
    else if (error instanceof ConfigError) console.complain(`Cannot seed: ${error.message}`)
    else console.complain(`Seeding failed, and left nothing behind: ${String((error as Error)?.stack ?? error)}`)
    return 1
  }
}

interface Place {
  readonly config: Config
  readonly secrets: Secrets
  readonly databaseUrl: string
}

async function seed(
  { config, secrets, databaseUrl }: Place,
  bulk: BulkOptions | null,
  { say, progress }: SeedConsole,
): Promise<void> {
  if (bulk === null) {
    const log = createLogger(config.logLevel)
    // Asked for by name: SEED=none speaks of the server's start.
    const isSeeded = await seedWhenEmpty({ config: { ...config, seed: 'demo' }, secrets, databaseUrl, log, say })
    if (!isSeeded) say('The database has accounts already; it was left as it is.')
    return
  }
  const { orders, users, items, designers } = bulk
  say(`Making ${orders} orders of ${users} users (${designers} of them designers) and ${items} designs`)
  const { rows, seconds } = await seedBulk({
    config,
    secrets,
    databaseUrl,
    clock: systemClock,
    options: bulk,
    output: progress,
  })
  say(
    `Wrote ${rows.toLocaleString('en-US')} rows in ${seconds.toFixed(1)} s. Sign in as user000001@bench.adtime.test, password ${SEED_PASSWORD}.`,
  )
}

async function withDatabase(config: Config, work: (url: string) => Promise<void>): Promise<void> {
  const store = await openStore(config)
  try {
    await migrateStore(store)
    await work(store.url)
  } finally {
    await store.stop()
  }
}
