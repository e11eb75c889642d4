import type { FastifyInstance } from 'fastify'
import { Redis } from 'ioredis'
import { type Clock, systemClock } from '../kernel/clock.js'
import { CursorCodec } from '../kernel/cursor.js'
import type { Config } from '../platform/config/config.js'
import type { Secrets } from '../platform/config/secrets.js'
import { openDatabase } from '../platform/database/database.js'
import { pruneIdempotencyKeys } from '../platform/database/idempotency.js'
import { ping } from '../platform/database/ping.js'
import { EventStreams } from '../platform/events/event-streams.js'
import { inProcessBus } from '../platform/events/in-process-bus.js'
import { redisBus } from '../platform/events/redis-bus.js'
import { ResolverContainer } from '../platform/graphql/context.js'
import { registerGraphql } from '../platform/graphql/graphql-routes.js'
import { registerGraphiqlPage } from '../platform/http/graphiql-page.js'
import { registerHealth } from '../platform/http/health.js'
import { createHttpServer } from '../platform/http/http-server.js'
import { runJobs } from '../platform/jobs/job-runner.js'
import { developmentOutbox, registerOutboxPage } from '../platform/mail/development-outbox.js'
import type { Logger } from '../platform/observability/logger.js'
import type { Platform } from '../platform/platform.js'
import { compose } from './compose.js'
import { graphiqlExamples } from './graphiql-examples.js'
import { registerHomePage } from './home-page.js'
import { buildAppSchema, resolverInstances } from './schema.js'

const MAX_CONNECTIONS = 20
const JOB_CONCURRENCY = 4
const GOING_AWAY = 1001

export interface ServerOptions {
  readonly config: Config
  readonly secrets: Secrets
  /** A migrated database. */
  readonly databaseUrl: string
  readonly log: Logger
  readonly clock?: Clock
}

export interface RunningServer {
  readonly http: FastifyInstance
  readonly platform: Platform
  /** Where it listens, from this machine's point of view. */
  readonly url: string
  /** Stops accepting, finishes requests and running jobs, closes sockets with 1001, then every pool. */
  close(): Promise<void>
}

/** Everything of one process, up and listening. @throws what `listen` throws for a taken port, with all else closed again */
export async function startServer({
  config,
  secrets,
  databaseUrl,
  log,
  clock = systemClock,
}: ServerOptions): Promise<RunningServer> {
  const database = openDatabase({
    url: databaseUrl,
    maxConnections: MAX_CONNECTIONS,
    log: (message, error) => log.warn({ err: error }, message),
  })
  const bus = config.redisUrl ? redisBus(config.redisUrl, log) : inProcessBus()
  const streams = new EventStreams({ pool: database.pool, bus, clock, log })
  const hasOutbox = config.environment !== 'production'
  const platform: Platform = {
    config,
    secrets,
    database,
    streams,
    clock,
    log,
    cursors: new CursorCodec(secrets.cursorKey),
    mailer: hasOutbox ? developmentOutbox(database, clock) : null,
  }
  let url = ''
  const { rooms, authenticate } = compose(platform, { webhookBase: () => url })
  const http = await createHttpServer({ ...config, log })
  const closeBackground = async () => {
    await streams.close()
    await bus.close()
    await database.close()
  }
  try {
    const container = new ResolverContainer(resolverInstances(rooms))
    await registerGraphql(http, { schema: buildAppSchema(rooms), config, log, container, authenticate })
    registerGraphiqlPage(http, graphiqlExamples)
    registerHomePage(http, config)
    if (hasOutbox) registerOutboxPage(http, database)
    registerHealth(http, [
      { name: 'database', isVital: true, check: () => ping(database) },
      ...(config.redisUrl ? [{ name: 'redis', isVital: false, check: async () => bus.isHealthy() }] : []),
    ])
    for (const room of rooms) room.routes?.(http)
    await http.listen({ port: config.port, host: config.host })
  } catch (error) {
    await http.close()
    await closeBackground()
    throw error
  }
  url = addressOf(config)
  const jobs = await runJobs(
    database.pool,
    {
      handlers: {
        ...Object.assign({}, ...rooms.map((room) => room.jobs ?? {})),
        'prune-idempotency-keys': async () => {
          await pruneIdempotencyKeys(database, clock.now())
        },
      },
      crontab: ['17 * * * * prune-idempotency-keys ?max=1', ...rooms.flatMap((room) => [...(room.crontab ?? [])])],
    },
    log,
    JOB_CONCURRENCY,
  )
  return {
    http,
    platform,
    url,
    async close() {
      // Sockets first: a client that sees 1001 reconnects elsewhere and resumes, one that sees its stream complete would not.
      for (const client of http.websocketServer.clients) client.close(GOING_AWAY, 'The server is going away')
      await Promise.all([http.close(), jobs.stop()])
      await closeBackground()
    },
  }
}

/** Where to reach the server from its own machine. */
function addressOf({ host, port }: Config): string {
  const isAny = host === '0.0.0.0' || host === '::'
  return `http://${isAny ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host}:${port}`
}

/** @throws when Redis does not answer within three seconds */
export async function probeRedis(url: string): Promise<void> {
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 3_000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.ping()
  } finally {
    client.disconnect()
  }
}
