import { generateKeyPairSync } from 'node:crypto'
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql'
import { systemClock } from '../kernel/clock.js'
import { CursorCodec } from '../kernel/cursor.js'
import { configFrom } from '../platform/config/config.js'
import { readEnvironment } from '../platform/config/environment.js'
import { openDatabase } from '../platform/database/database.js'
import { EventStreams } from '../platform/events/event-streams.js'
import { inProcessBus } from '../platform/events/in-process-bus.js'
import { RateLimits } from '../platform/limits/rate-limits.js'
import { createLogger } from '../platform/observability/logger.js'
import { SealedBox } from '../platform/secrets/sealed-box.js'
import { compose } from './compose.js'
import { buildAppSchema } from './schema.js'

/** The schema with its permission marks, of rooms composed over a database that is never connected to. */
export async function composeSchema(): Promise<GraphQLSchema> {
  const config = configFrom(readEnvironment({}))
  const log = createLogger('silent')
  const database = openDatabase({ url: 'postgresql://nobody@127.0.0.1:1/none', maxConnections: 1 })
  const bus = inProcessBus()
  const streams = new EventStreams({ pool: database.pool, bus, clock: systemClock, log })
  const key = new Uint8Array(32)
  const jwtPrivateKey = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  }).privateKey
  const secrets = {
    jwtPrivateKey,
    jwtPreviousKeys: [],
    passwordPeppers: new Map([[1, key]]),
    sealingKeys: new Map([[1, key]]),
    shortCodeKey: key,
    refreshKey: key,
    cursorKey: key,
    assetUrlKey: key,
    sandboxWebhookKey: key,
  }
  const platform = {
    config,
    secrets,
    database,
    streams,
    bus,
    log,
    clock: systemClock,
    cursors: new CursorCodec(key),
    limits: new RateLimits(null),
    sealedBox: new SealedBox(secrets.sealingKeys),
    mailer: null,
    sms: null,
    telegram: null,
  }
  const { rooms } = compose(platform, { webhookBase: () => '' })
  const schema = buildAppSchema(rooms)
  await database.close()
  return schema
}

/** The schema as text. */
export async function emitSchema(): Promise<string> {
  const text = printSchema(lexicographicSortSchema(await composeSchema()))
  return `# Emitted from the resolvers by \`npm run schema\`. Not edited by hand.\n\n${text}\n`
}
