import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { SchemasContainer } from '@prisma/schema-engine-wasm/schema_engine_bg'
import { Logger, runMigrations } from 'graphile-worker'
import pg from 'pg'

import { migrationsFolder, readMigrations, readSchema } from './prisma-files.js'
import { withSchemaEngine } from './schema-engine.js'
import { withScratchDatabase } from './scratch-database.js'

const NO_FILTERS = { externalTables: [], externalEnums: [] }

const LOCK_KEY = 8042
const LOCK_WAIT = '60s'

/**
 * Brings a database up to date: Prisma's migrations, then the job queue's. Replicas that start together take turns, at
 * most a minute each; all but the first find nothing to do.
 *
 * @returns the names of the migrations it applied
 * @throws Error with the engine's or the database's own words
 */
export function migrateDeploy(url: string): Promise<string[]> {
  return withMigrationLock(url, async () => {
    const migrationsList = await readMigrations()
    const { appliedMigrationNames } = await withSchemaEngine(url, (engine) =>
      engine.applyMigrations({ migrationsList, filters: NO_FILTERS }),
    )
    await migrateJobQueue(url)
    return appliedMigrationNames
  })
}

/** Over a pool of ours: graphile-worker stops listening to its own before the last connection of it is gone. */
async function migrateJobQueue(url: string): Promise<void> {
  const pgPool = new pg.Pool({ connectionString: url, connectionTimeoutMillis: 5_000, max: 2 })
  pgPool.on('error', () => {})
  try {
    await runMigrations({ pgPool, logger: new Logger(() => () => {}) })
  } finally {
    await pgPool.end()
  }
}

/**
 * The SQL that leads from the migrations to the schema: '' when they agree. Replays the migrations in a scratch database
 * on the URL's server, and touches nothing in the database it names.
 */
export function migrateDiff(url: string, schema?: SchemasContainer): Promise<string> {
  return withScratchDatabase(url, async (scratchUrl) => {
    const [migrationsList, datamodel] = await Promise.all([readMigrations(), schema ?? readSchema()])
    const { stdout } = await withSchemaEngine(scratchUrl, async (engine) => {
      await engine.applyMigrations({ migrationsList, filters: NO_FILTERS })
      return engine.diff({
        from: { tag: 'schemaDatasource', ...datamodel, configDir: '' },
        to: { tag: 'schemaDatamodel', ...datamodel },
        script: true,
        exitCode: null,
        filters: NO_FILTERS,
      })
    })
    return isEmpty(stdout ?? '') ? '' : (stdout ?? '')
  })
}

/**
 * Writes the next migration, `prisma/migrations/<UTC time>_<name>/migration.sql`, for a person to read and complete.
 *
 * @param name words in lower case joined by `_`
 * @returns the path it wrote, or null when schema and migrations already agree
 */
export async function migrateCreate(url: string, name: string, now: Date): Promise<string | null> {
  if (!/^[a-z0-9]+(_[a-z0-9]+)*$/.test(name))
    throw new Error(`"${name}" is no name for a migration: use lower-case words joined by _`)
  const sql = await migrateDiff(url)
  if (sql === '') return null
  const stamp = now.toISOString().replace(/\D/g, '').slice(0, 14)
  const folder = join(migrationsFolder(), `${stamp}_${name}`)
  await mkdir(folder, { recursive: true })
  await writeFile(join(migrationsFolder(), 'migration_lock.toml'), 'provider = "postgresql"\n')
  await writeFile(join(folder, 'migration.sql'), sql)
  return join(folder, 'migration.sql')
}

function isEmpty(script: string): boolean {
  return script.split('\n').every((line) => line.trim() === '' || line.startsWith('--'))
}

async function withMigrationLock<T>(url: string, work: () => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000, keepAlive: true })
  client.on('error', () => {}) // A lost lock only lets the next replica look earlier; the engine has a lock of its own.
  await client.connect()
  try {
    await client.query(`SET lock_timeout = '${LOCK_WAIT}'`)
    await client.query('SELECT pg_advisory_lock($1)', [LOCK_KEY])
    return await work()
  } finally {
    await client.end()
  }
}
