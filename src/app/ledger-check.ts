import 'reflect-metadata'
import { checkLedger } from '../modules/payments/index.js'
import { configFrom } from '../platform/config/config.js'
import { ConfigError } from '../platform/config/config-error.js'
import { readEnvironment } from '../platform/config/environment.js'
import { openDatabase } from '../platform/database/database.js'
import { databaseProblem } from '../platform/database/database-problem.js'
import { runningPostgres } from '../platform/database/running-postgres.js'
import { openStore } from './open-store.js'

const HOURS = 60 * 60 * 1000

/** DATABASE_URL's or the embedded database, whether its server runs or not: nothing else of the environment has to be there. */
async function run(): Promise<number> {
  const { DATABASE_URL, DATA_DIR } = process.env
  const config = configFrom(readEnvironment({ DATABASE_URL, DATA_DIR }))
  const running = config.databaseUrl ? null : await runningPostgres(config.dataDir)
  const store = running ? { url: running, stop: async () => undefined } : await openStore(config)
  const database = openDatabase({ url: store.url, maxConnections: 1, statementLimitMs: 24 * HOURS })
  try {
    const begun = Date.now()
    const difference = await checkLedger(database.pool, ({ rule, count }) =>
      console.log(
        `${((Date.now() - begun) / 1_000).toFixed(1)} s  ok  ${rule}: ${count.toLocaleString('en-US')} checked`,
      ),
    )
    if (!difference) {
      console.log('The ledger is sound.')
      return 0
    }
    const { rule, id, expected, found } = difference
    console.error(`Broken: ${rule}.\n  ${id}\n  expected ${expected}\n  found    ${found}`)
    return 1
  } catch (error) {
    console.error(databaseProblem(store.url, error))
    return 1
  } finally {
    await database.close()
    await store.stop()
  }
}

try {
  process.exitCode = await run()
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  console.error(`Cannot check the ledger: ${error.message}`)
  process.exitCode = 1
}
