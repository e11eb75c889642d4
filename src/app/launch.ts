import { createServer } from 'node:net'
import { type Config, configFrom, ignoredVariables, readEnvironment } from '../platform/config/config.js'
import { ConfigError } from '../platform/config/config-error.js'
import { loadSecrets } from '../platform/config/secrets.js'
import { checkLocale } from '../platform/database/check-locale.js'
import { databaseProblem } from '../platform/database/database-problem.js'
import { startEmbeddedPostgres } from '../platform/database/embedded-postgres.js'
import { migrateDeploy } from '../platform/database/migrate.js'
import { probeRedis } from '../platform/events/probe-redis.js'
import { createLogger } from '../platform/observability/logger.js'
import { seedWhenEmpty } from './seed-when-empty.js'
import { startServer } from './server.js'

export interface Running {
  readonly url: string
  /** What to open and with which accounts, for a person. */
  readonly banner: string
  close(): Promise<void>
}

/**
 * From the environment to a listening server: configuration, database, migrations, secrets, demo data, server.
 * @throws ConfigError for whatever the operator can mend, in one message
 */
export async function launch(
  variables: Readonly<Record<string, string | undefined>>,
  say: (line: string) => void,
): Promise<Running> {
  const environment = readEnvironment(variables)
  const config = configFrom(environment)
  const log = createLogger(config.logLevel)
  for (const name of ignoredVariables(environment))
    say(`Note: ${name} is set, but there is no adapter for that service yet; it has no effect.`)
  await refuseTakenPort(config)
  if (config.redisUrl) await refuseSilentRedis(config.redisUrl)
  const secrets = await loadSecrets(environment, config.dataDir)
  const { url: databaseUrl, stop } = await openStore(config)
  try {
    await migrate(config, databaseUrl)
    await seedWhenEmpty({ config, secrets, databaseUrl, log, say })
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

async function openStore(config: Config): Promise<{ url: string; stop: () => Promise<void> }> {
  if (config.databaseUrl) return { url: config.databaseUrl, stop: async () => undefined }
  try {
    return await startEmbeddedPostgres({ dataDir: config.dataDir })
  } catch (error) {
    throw new ConfigError([(error as Error).message])
  }
}

async function migrate(config: Config, url: string): Promise<void> {
  try {
    await migrateDeploy(url)
  } catch (error) {
    throw new ConfigError([config.databaseUrl ? databaseProblem(url, error) : (error as Error).message])
  }
}

// Asked before anything slow happens; `listen` would say the same half a minute later.
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

function bannerOf(config: Config): string {
  const lines = [
    '',
    '  AdTime',
    '',
    `  GraphiQL      ${config.publicUrl}/graphiql`,
    `  GraphQL       ${config.publicUrl}/graphql`,
    `  Health        ${config.publicUrl}/health`,
    `  Database      ${config.databaseUrl ? 'DATABASE_URL' : `embedded, in ${config.dataDir}`}`,
    `  Live events   ${config.redisUrl ? 'REDIS_URL' : 'in this process'}`,
  ]
  if (config.environment !== 'production') lines.push(`  Mail outbox   ${config.publicUrl}/dev/outbox`)
  if (config.seed === 'demo')
    lines.push(
      '',
      '  Demo accounts, password Adtime-demo-1',
      '    customer@adtime.test  designer@adtime.test  factory@adtime.test',
      '    manager@adtime.test   admin@adtime.test',
    )
  return [...lines, ''].join('\n')
}
