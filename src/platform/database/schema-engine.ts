import type { EventEmitter } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'

import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

/**
 * Runs work with Prisma's migration engine on a database. It is the engine of `prisma migrate`, compiled to WebAssembly,
 * so that nothing is downloaded when a server is installed or migrated.
 *
 * @throws Error with the engine's or the database's own words
 */
export async function withSchemaEngine<T>(url: string, work: (engine: engine.SchemaEngine) => Promise<T>): Promise<T> {
  await load()
  // A pool of our own, because the engine leaves its session, and with it its advisory lock, open until the pool ends.
  const pool = new pg.Pool({ connectionString: url, Client: CatalogClient, connectionTimeoutMillis: 5_000, max: 2 })
  pool.on('error', () => {}) // An idle connection that breaks is replaced; the next query tells.
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool))
    const schemaEngine = await engine.SchemaEngine.new({ datamodels: undefined }, () => {}, adapter)
    try {
      return await work(schemaEngine)
    } catch (error) {
      throw readable(error, adapter)
    } finally {
      schemaEngine.free()
    }
  } finally {
    await pool.end()
  }
}

let loaded: Promise<void> | undefined

function load(): Promise<void> {
  loaded ??= instantiate()
  return loaded
}

async function instantiate(): Promise<void> {
  // The package does not export its .wasm file, which lies beside the module it does export.
  const modulePath = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const bytes = await readFile(join(modulePath, '..', 'schema_engine_bg.wasm'))
  const bindings = engine as unknown as Bindings
  const timers = Object.keys(bindings).filter((name) => name.startsWith('__wbg_setTimeout'))
  const imports = { ...bindings, ...Object.fromEntries(timers.map((name) => [name, idleTimeout])) }
  const { instance } = await wasm.instantiate(bytes, { './schema_engine_bg.js': imports })
  bindings.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
}

/** The engine sets timers of ten seconds and never clears them: they must not keep the process alive. */
function idleTimeout(callback: () => void, ms: number): NodeJS.Timeout {
  return setTimeout(callback, ms >>> 0).unref()
}

interface Exports {
  __wbindgen_start(): void
}

interface Bindings {
  __wbg_set_wasm(exports: Exports): void
}

// Declared here because TypeScript knows WebAssembly only together with the whole DOM.
const { WebAssembly: wasm } = globalThis as unknown as {
  WebAssembly: { instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: Exports } }> }
}

const CHAR = 18
const BPCHAR = 1042

/** Prisma's adapter does not know the catalog's type "char", in which a constraint's kind is told, and fails on it. */
class CatalogClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config)
    const { connection } = this as unknown as { connection: EventEmitter }
    connection.on('rowDescription', ({ fields }: { fields: { dataTypeID: number }[] }) => {
      for (const field of fields) if (field.dataTypeID === CHAR) field.dataTypeID = BPCHAR
    })
  }
}

/** The engine knows an error of the adapter by its number only, and tells its own as JSON. */
function readable(error: unknown, adapter: { errorRegistry: { consumeError(id: number): { error: unknown } | undefined } }): Error {
  const text = error instanceof Error ? error.message : String(error)
  const id = /External error id#(\d+)/.exec(text)?.[1]
  const original = id === undefined ? undefined : adapter.errorRegistry.consumeError(Number(id))?.error
  return new Error(original instanceof Error ? original.message : text.trim(), { cause: original ?? error })
}
