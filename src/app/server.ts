import type { FastifyInstance } from 'fastify'
import { type Clock, systemClock } from '../kernel/clock.js'
import { CursorCodec } from '../kernel/cursor.js'
import type { Config } from '../platform/config/config.js'
import type { Secrets } from '../platform/config/secrets.js'
import { openDatabase } from '../platform/database/database.js'
import { pruneIdempotencyKeys } from '../platform/database/idempotency.js'
import { Lifeline } from '../platform/database/lifeline.js'
import { EventStreams } from '../platform/events/event-streams.js'
import { inProcessBus } from '../platform/events/in-process-bus.js'
import { redisBus } from '../platform/events/redis-bus.js'
import { pruneStreamEvents } from '../platform/events/stream-pruning.js'
import { ResolverContainer } from '../platform/graphql/context.js'
import { registerGraphql } from '../platform/graphql/graphql-routes.js'
import { closeHttpServer } from '../platform/http/close-http-server.js'
import { registerGraphiqlPage } from '../platform/http/graphiql-page.js'
import { registerHealth } from '../platform/http/health.js'
import { createHttpServer } from '../platform/http/http-server.js'
import { type Jobs, runJobs } from '../platform/jobs/job-runner.js'
import { limitsRedis } from '../platform/limits/limits-redis.js'
import { RateLimits } from '../platform/limits/rate-limits.js'
import { DevelopmentOutbox, registerOutboxPage } from '../platform/mail/development-outbox.js'
import { SmtpMailer } from '../platform/mail/smtp-mailer.js'
import type { Logger } from '../platform/observability/logger.js'
import type { Platform } from '../platform/platform.js'
import type { Room } from '../platform/room.js'
import { SealedBox } from '../platform/secrets/sealed-box.js'
import { TelegramBot } from '../platform/telegram/telegram-bot.js'
import { compose } from './compose.js'
import { graphiqlExamples } from './graphiql-examples.js'
import { registerHomePage } from './home-page.js'
import { buildAppSchema, resolverInstances } from './schema.js'

const MAX_CONNECTIONS = 20
const TELEGRAM_ANSWER_MS = 10_000

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
  const opened: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (const end of opened.splice(0).reverse())
      await end().catch((error: unknown) => log.warn({ err: error }, 'something could not be closed'))
  }
  try {
    const database = openDatabase({
      url: databaseUrl,
      maxConnections: MAX_CONNECTIONS,
      log: (message, error) => log.warn({ err: error }, message),
    })
    opened.push(() => database.close())
    const lifeline = await Lifeline.open(databaseUrl)
    opened.push(() => lifeline.close())
    const bus = config.redisUrl ? redisBus(config.redisUrl, log) : inProcessBus()
    opened.push(() => bus.close())
    const streams = new EventStreams({ pool: database.pool, bus, clock, log })
    opened.push(() => streams.close())
    const limitsStore = config.redisUrl ? limitsRedis(config.redisUrl, log) : null
    opened.push(async () => limitsStore?.disconnect())
    const smtp = config.smtpUrl ? new SmtpMailer({ url: config.smtpUrl, from: config.mailFrom }) : null
    opened.push(async () => smtp?.close())
    const bot = telegramBot(config)
    opened.push(async () => bot?.close())
    const outbox = config.environment === 'production' ? null : new DevelopmentOutbox(database, clock)
    const platform: Platform = {
      config,
      secrets,
      database,
      streams,
      bus,
      clock,
      log,
      cursors: new CursorCodec(secrets.cursorKey),
      limits: new RateLimits(limitsStore),
      sealedBox: new SealedBox(secrets.sealingKeys),
      mailer: smtp ?? outbox?.mailer ?? null,
      sms: outbox?.sms ?? null,
      telegram: bot ?? outbox?.telegram ?? null,
    }
    const url = addressOf(config)
    const { rooms, authenticate, watchSession } = compose(platform, { webhookBase: () => url })
    opened.push(() => Promise.all(rooms.map(async (room) => room.close?.())))
    const http = await createHttpServer({ ...config, log })
    let jobs: Awaited<ReturnType<typeof runJobs>> | undefined
    // Both take as long as what they are doing, so they take it at the same time.
    opened.push(() => Promise.all([closeHttpServer(http), jobs?.stop()]))
    const container = new ResolverContainer(resolverInstances(rooms))
    await registerGraphql(http, {
      schema: buildAppSchema(rooms),
      config,
      log,
      clock,
      container,
      authenticate,
      watchSession,
      limits: platform.limits,
    })
    registerGraphiqlPage(http, graphiqlExamples)
    registerHomePage(http, config)
    if (outbox) registerOutboxPage(http, database)
    registerHealth(http, [
      { name: 'database', isVital: true, check: () => lifeline.ping() },
      ...(config.redisUrl ? [{ name: 'redis', isVital: false, check: async () => bus.isHealthy() }] : []),
    ])
    for (const room of rooms) room.routes?.(http)
    await http.listen({ port: config.port, host: config.host })
    if (config.jobConcurrency > 0)
      jobs = await runJobs(database.pool, jobsOf(rooms, platform), log, config.jobConcurrency, lifeline)
    return { http, platform, url, close }
  } catch (error) {
    await close()
    throw error
  }
}

const jobsOf = (rooms: readonly Room[], { database, clock }: Platform): Jobs => ({
  handlers: {
    ...Object.assign({}, ...rooms.map((room) => room.jobs ?? {})),
    'prune-idempotency-keys': async () => {
      await pruneIdempotencyKeys(database, clock.now())
    },
    'prune-stream-events': async (_payload, { signal }) => {
      await pruneStreamEvents(database, clock.now(), signal)
    },
  },
  crontab: [
    '17 * * * * prune-idempotency-keys ?max=1',
    '27 * * * * prune-stream-events ?max=1',
    ...rooms.flatMap((room) => [...(room.crontab ?? [])]),
  ],
})

const telegramBot = ({ telegramBotToken: botToken, telegramApiUrl: apiUrl }: Config): TelegramBot | null =>
  botToken === null ? null : new TelegramBot({ botToken, apiUrl, answerMs: TELEGRAM_ANSWER_MS })

/** Where to reach the server from its own machine. */
function addressOf({ host, port }: Config): string {
  const isAny = host === '0.0.0.0' || host === '::'
  return `http://${isAny ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host}:${port}`
}
