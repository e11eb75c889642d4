import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

import { startEmbeddedPostgres } from '../../src/platform/database/embedded-postgres.js'
import { migrateDeploy } from '../../src/platform/database/migrate.js'
import { findChromium } from './browser-path.js'
import { startPrivateRedis } from './private-redis.js'
import { runFolder } from './run-folder.js'

declare module 'vitest' {
  interface ProvidedContext {
    /** The migrated database that test databases are cloned from. Nothing may connect to it. */
    templateUrl: string
    /** A Redis without a database number, or null. */
    redisUrl: string | null
    /** A temporary folder that is removed when the run ends, however it ends. */
    runFolder: string
  }
}

let stops: (() => Promise<unknown>)[] = []

/** Starts what the whole run shares. A killed run leaves nothing running either: both servers end with this process. */
export async function setup(project: TestProject): Promise<void> {
  const folder = runFolder()
  const [postgres, redis] = await Promise.all([
    startEmbeddedPostgres({ dataDir: join(folder, 'data'), fast: true }),
    process.env.REDIS_TEST_URL ? { url: process.env.REDIS_TEST_URL, stop: async () => {} } : startPrivateRedis(folder),
  ])
  stops = [postgres.stop, ...(redis ? [redis.stop] : [])]
  if (!redis) missing('redis-server', 'REQUIRE_REDIS')
  if (!findChromium()) missing('chromium', 'REQUIRE_BROWSER')
  await migrateDeploy(postgres.url)
  project.provide('runFolder', folder)
  project.provide('templateUrl', postgres.url)
  project.provide('redisUrl', redis?.url ?? null)
}

export async function teardown(): Promise<void> {
  await Promise.all(stops.map((stop) => stop()))
}

function missing(program: string, requirement: 'REQUIRE_REDIS' | 'REQUIRE_BROWSER'): void {
  if (process.env[requirement] === '1') throw new Error(`${requirement}=1, but there is no ${program} on PATH.`)
  process.stderr.write(
    `\n!!! ${program} is not on PATH: the suites that need it are SKIPPED. With ${requirement}=1 that is a failure.\n`,
  )
}
