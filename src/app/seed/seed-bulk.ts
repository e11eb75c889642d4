import { join } from 'node:path'
import type pg from 'pg'
import type { Clock } from '../../kernel/clock.js'
import { AssetStore, diskStorage, type StoredFile } from '../../modules/assets/index.js'
import { PasswordHasher } from '../../modules/auth/index.js'
import type { Config } from '../../platform/config/config.js'
import { ConfigError } from '../../platform/config/config-error.js'
import type { Secrets } from '../../platform/config/secrets.js'
import { openDatabase } from '../../platform/database/database.js'
import { BULK_TABLES, stripTables } from './bulk/bare-tables.js'
import { createBulkFunctions } from './bulk/bulk-functions.js'
import type { BulkOptions } from './bulk/bulk-options.js'
import { drawBulkPictures, picturesStep } from './bulk/bulk-pictures.js'
import { BulkProgress, type ProgressOutput } from './bulk/bulk-progress.js'
import type { BulkContext } from './bulk/bulk-step.js'
import { earningsStep } from './bulk/earnings.step.js'
import { itemsStep } from './bulk/items.step.js'
import { ledgerStep } from './bulk/ledger.step.js'
import { ordersStep } from './bulk/orders.step.js'
import { peopleStep } from './bulk/people.step.js'
import { reviewsStep } from './bulk/reviews.step.js'
import { streamsStep } from './bulk/streams.step.js'
import { SEED_PASSWORD } from './seed-demo.js'
import { withSeedingLock } from './seeding-lock.js'

const STEPS = [peopleStep, picturesStep, itemsStep, ordersStep, reviewsStep, ledgerStep, earningsStep, streamsStep]
const RESTORING = 16
const CLEANING = 6
const TOTAL = STEPS.reduce((sum, { weight }) => sum + weight, RESTORING + CLEANING)

// Long statements are the point; waiting for a server that is still using the tables is not.
const SETTINGS = `
  set local statement_timeout = 0; set local lock_timeout = '5s'; set local idle_in_transaction_session_timeout = 0; set local timezone = 'UTC';
  set local work_mem = '128MB'; set local maintenance_work_mem = '256MB'; set local synchronous_commit = off; set local jit = off`

export interface BulkSeeding {
  readonly config: Pick<Config, 'dataDir'>
  readonly secrets: Pick<Secrets, 'passwordPeppers'>
  /** A migrated database that no server is using. */
  readonly databaseUrl: string
  readonly clock: Clock
  readonly options: BulkOptions
  readonly output: ProgressOutput
}

/**
 * Adds a large data set to a database, all of it or nothing, in one transaction.
 * @returns what was written and how long it took
 * @throws ConfigError when the database has one already, or is in use
 */
export function seedBulk(seeding: BulkSeeding): Promise<{ readonly rows: number; readonly seconds: number }> {
  const { secrets, databaseUrl, clock, options, output } = seeding
  return withSeedingLock(databaseUrl, async (client) => {
    await refuseSecond(client)
    const progress = new BulkProgress(TOTAL, output)
    const password = await new PasswordHasher(secrets.passwordPeppers).hash(SEED_PASSWORD)
    const pictures = await drawPictures(seeding)
    await load({ client, options, now: clock.now(), password, pictures }, progress)
    for (const table of BULK_TABLES) {
      await client.query(`vacuum (analyze) ${table}`)
      progress.advance(CLEANING / BULK_TABLES.length, 0, 'statistics')
    }
    return progress.finish()
  })
}

async function drawPictures({ config, databaseUrl, clock }: BulkSeeding): Promise<StoredFile[]> {
  const database = openDatabase({ url: databaseUrl, maxConnections: 1 })
  try {
    return await drawBulkPictures(new AssetStore(diskStorage(join(config.dataDir, 'assets')), database, clock))
  } finally {
    await database.close()
  }
}

async function refuseSecond(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query(`select from users where email like '%@bench.adtime.test' limit 1`)
  if (rowCount !== 0)
    throw new ConfigError([
      'this database has a bulk data set already. Seed an empty one: choose another DATA_DIR or DATABASE_URL.',
    ])
}

async function load(context: BulkContext, progress: BulkProgress): Promise<void> {
  const { client } = context
  await client.query('begin')
  try {
    await client.query(SETTINGS)
    await createBulkFunctions(client)
    const restorations = await stripTables(client)
    for (const { name, weight, run } of STEPS)
      await run(context, (share, rows) => progress.advance(weight * share, rows, name))
    for (const { sql, what } of restorations) {
      await client.query(sql)
      progress.advance(RESTORING / restorations.length, 0, what)
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw isLockTimeout(error)
      ? new ConfigError(['the database is in use. Stop the servers that use it, then seed.'])
      : error
  }
}

const isLockTimeout = (error: unknown): boolean => (error as { code?: unknown }).code === '55P03'
