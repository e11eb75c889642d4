import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'

import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

import { CatalogAdapter, CatalogClient } from './catalog-adapter.js'

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
  // A connection that breaks is replaced, and the next query tells; without listeners it would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  const adapter = bindMigrationAwareSqlAdapterFactory(new CatalogAdapter(pool))
  try {
    const schemaEngine = await engine.SchemaEngine.new({ datamodels: undefined }, () => {}, adapter)
    try {
      return await work(schemaEngine)
    } finally {
      schemaEngine.free()
    }
  } catch (error) {
    throw readable(error, adapter.errorRegistry)
  } finally {
    await pool.end()
  }
}

/** The engine knows an error of the adapter by its number only. */
function readable(error: unknown, registry: { consumeError(id: number): { error: unknown } | undefined }): Error {
  const text = error instanceof Error ? error.message : String(error)
  const id = /External error id#(\d+)/.exec(text)?.[1]
  const original = id === undefined ? undefined : registry.consumeError(Number(id))?.error
  const [words = text] = text.split(/\n\s+0: /) // After them comes a Rust backtrace.
  return new Error(original instanceof Error ? original.message : words.trim(), { cause: original ?? error })
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
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: panicked } })
  bindings.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start()
}

/** The engine sets timers of ten seconds and never clears them: they must not keep the process alive. */
function idleTimeout(callback: () => void, ms: number): NodeJS.Timeout {
  return setTimeout(callback, ms >>> 0).unref()
}

function panicked(message: string): never {
  throw new Error(`Prisma's migration engine broke: ${message}`)
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
