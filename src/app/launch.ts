import { configFrom } from '../platform/config/config.js'
import { type Environment, ignoredVariables } from '../platform/config/environment.js'
import { loadSecrets } from '../platform/config/secrets.js'
import { checkLocale } from '../platform/database/check-locale.js'
import { createLogger } from '../platform/observability/logger.js'
import { bannerOf } from './banner.js'
import { migrateStore, openStore } from './open-store.js'
import { seedWhenEmpty } from './seed-when-empty.js'
import { startServer } from './server.js'

export interface Running {
  readonly url: string
  /** What to open and with which accounts, for a person. */
  readonly banner: string
  close(): Promise<void>
}

/**
 * From a checked environment to a listening server: secrets, database, migrations, demo data, server.
 *
 * @param signal gives up starting, with everything closed again
 * @throws ConfigError for whatever the operator can mend, in one message
 */
export async function launch(
  environment: Environment,
  say: (line: string) => void,
  signal: AbortSignal,
): Promise<Running> {
  const config = configFrom(environment)
  const log = createLogger(config.logLevel)
  for (const name of ignoredVariables(environment))
    say(`Note: ${name} is set, but there is no adapter for that service yet; it has no effect.`)
  if (!config.sandboxPayments && !config.yookassa && !config.stripe)
    say('Note: there is no payment provider. SANDBOX_PAYMENTS=allow lets the sandbox run, which moves no money.')
  signal.throwIfAborted()
  const secrets = await loadSecrets(environment, config.dataDir)
  const store = await openStore(config)
  const { url: databaseUrl, stop } = store
  try {
    await unlessAborted(signal, migrateStore(store))
    await unlessAborted(signal, seedWhenEmpty({ config, secrets, databaseUrl, log, say }))
    const server = await startServer({ config, secrets, databaseUrl, log })
    const warning = await checkLocale(server.platform.database)
    if (warning) log.warn(warning)
    return {
      url: server.url,
      banner: bannerOf(config),
      async close() {
        await server.close()
        await stop()
      },
    }
  } catch (error) {
    await stop()
    throw error
  }
}

/** What outlives the abort fails as its database goes, or ends with the process: both are all or nothing. */
async function unlessAborted<Result>(signal: AbortSignal, work: Promise<Result>): Promise<Result> {
  work.catch(() => undefined)
  signal.throwIfAborted()
  let giveUp = () => {}
  const aborted = new Promise<never>((_, reject) => {
    giveUp = () => reject(signal.reason as Error)
  })
  signal.addEventListener('abort', giveUp)
  try {
    return await Promise.race([work, aborted])
  } finally {
    signal.removeEventListener('abort', giveUp)
  }
}
