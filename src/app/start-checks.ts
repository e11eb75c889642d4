import { access, constants, mkdir } from 'node:fs/promises'
import { createServer } from 'node:net'
import pg from 'pg'
import type { Config } from '../platform/config/config.js'
import { ConfigError } from '../platform/config/config-error.js'
import { databaseProblem } from '../platform/database/database-problem.js'
import { probeRedis } from '../platform/events/probe-redis.js'

/**
 * What would fail later and less clearly is asked first, before anything slow is loaded or started.
 * @throws ConfigError
 */
export async function checkSurroundings(config: Config): Promise<void> {
  await refuseTakenPort(config)
  if (config.databaseUrl) await refuseSilentDatabase(config.databaseUrl)
  if (config.redisUrl) await refuseSilentRedis(config.redisUrl)
  await refuseUnusableFolder(config.dataDir)
}

async function refuseTakenPort({ port, host }: Config): Promise<void> {
  const problem = await new Promise<NodeJS.ErrnoException | null>((resolve) => {
    const probe = createServer()
    probe.once('error', resolve)
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(null)))
  })
  if (problem?.code === 'EADDRINUSE')
    throw new ConfigError([`port ${port} is taken. Stop what listens there, or choose another: PORT=8043 npm start`])
  if (problem?.code === 'EACCES')
    throw new ConfigError([`port ${port} needs privileges. Choose one above 1023 with PORT.`])
  if (problem) throw new ConfigError([`HOST ${host} cannot be listened on: ${problem.message}`])
}

async function refuseUnusableFolder(dataDir: string): Promise<void> {
  try {
    await mkdir(dataDir, { recursive: true })
    await access(dataDir, constants.W_OK)
  } catch (error) {
    throw new ConfigError([
      `DATA_DIR ${dataDir} cannot be written to (${(error as NodeJS.ErrnoException).code}). Choose a folder of your own.`,
    ])
  }
}

async function refuseSilentDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {}) // What breaks it fails the query.
  try {
    await client.connect()
    await client.query('select')
  } catch (error) {
    throw new ConfigError([databaseProblem(url, error)])
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function refuseSilentRedis(url: string): Promise<void> {
  try {
    await probeRedis(url)
  } catch (error) {
    const { host } = new URL(url)
    throw new ConfigError([
      `Redis does not answer at ${host} (${(error as Error).message}). Start it, correct REDIS_URL, or unset it to run as a single process.`,
    ])
  }
}
