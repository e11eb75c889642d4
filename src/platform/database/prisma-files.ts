import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { MigrationList, SchemasContainer } from '@prisma/schema-engine-wasm/schema_engine_bg'

/** The folder that holds package.json: the same whether this runs from src, from dist or in an image. */
export const packageRoot = rootAbove(dirname(fileURLToPath(import.meta.url)))

/** The data model, `prisma/schema/*.prisma`, as the schema engine takes it. */
export async function readSchema(): Promise<SchemasContainer> {
  const folder = join(packageRoot, 'prisma', 'schema')
  const names = (await readdir(folder)).filter((name) => name.endsWith('.prisma')).sort()
  return {
    files: await Promise.all(
      names.map(async (name) => ({ path: join(folder, name), content: await readFile(join(folder, name), 'utf8') })),
    ),
  }
}

/** Every migration in `prisma/migrations`, in the order of their names, as the schema engine takes them. */
export async function readMigrations(): Promise<MigrationList> {
  const baseDir = migrationsFolder()
  const entries = existsSync(baseDir) ? await readdir(baseDir, { withFileTypes: true }) : []
  const names = entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
  const lockfile = await readFile(join(baseDir, 'migration_lock.toml'), 'utf8').catch(() => null)
  return {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: lockfile },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok' as const, value: await readFile(join(baseDir, name, 'migration.sql'), 'utf8') },
        },
      })),
    ),
  }
}

export function migrationsFolder(): string {
  return join(packageRoot, 'prisma', 'migrations')
}

function rootAbove(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder
  const above = dirname(folder)
  if (above === folder) throw new Error('AdTime runs from its package: no package.json was found above its code.')
  return rootAbove(above)
}
