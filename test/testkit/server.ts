import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { afterAll } from 'vitest'
import { type RunningServer, startServer } from '../../src/app/server.js'
import type { Clock } from '../../src/kernel/clock.js'
import { configFrom } from '../../src/platform/config/config.js'
import { readEnvironment } from '../../src/platform/config/environment.js'
import type { Secrets } from '../../src/platform/config/secrets.js'
import { freePort } from '../../src/platform/database/free-port.js'
import { createLogger, type Logger } from '../../src/platform/observability/logger.js'
import { createTestDatabase } from './database.js'
import { countStatements, type StatementCounter } from './statement-counter.js'
import { temporaryFolder } from './temporary-folder.js'

export interface TestServer extends RunningServer {
  readonly databaseUrl: string
  readonly statements: StatementCounter
}

export interface TestServerOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly clock?: Clock
  /** Silent unless told. */
  readonly log?: Logger
  /** Another replica over the same database. */
  readonly databaseUrl?: string
  /** Instead of those that all servers of the file share. */
  readonly secrets?: Partial<Secrets>
}

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const key = () => new Uint8Array(randomBytes(32))

// One set a test file, so that replicas started in it share them.
const sharedSecrets: Secrets = {
  jwtPrivateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  jwtPreviousKeys: [],
  passwordPeppers: new Map([[1, key()]]),
  sealingKeys: new Map([[1, key()]]),
  shortCodeKey: key(),
  refreshKey: key(),
  cursorKey: key(),
  assetUrlKey: key(),
  sandboxWebhookKey: key(),
}

// Each TestClient has an address of its own, so that limits by address count what one client does.
const behindProxy = { TRUSTED_PROXIES: '127.0.0.1' }

/** A whole server over a database of this test file's own, listening on a free port. Closed after the file. */
export async function startTestServer({
  env = {},
  clock,
  log = createLogger(process.env.TEST_LOG ?? 'silent'),
  databaseUrl,
  secrets = {},
}: TestServerOptions = {}): Promise<TestServer> {
  const url = databaseUrl ?? (await createTestDatabase()).url
  const dataDir = temporaryFolder()
  const port = await freePort()
  const config = configFrom(
    readEnvironment({ NODE_ENV: 'test', PORT: String(port), DATA_DIR: dataDir, SEED: 'none', ...behindProxy, ...env }),
  )
  const server = await startServer({
    config,
    secrets: { ...sharedSecrets, ...secrets },
    databaseUrl: url,
    log,
    ...(clock && { clock }),
  })
  const statements = countStatements(server.platform.database.pool)
  let isClosed = false
  const close = async () => {
    if (isClosed) return
    isClosed = true
    await server.close()
  }
  afterAll(close)
  return { ...server, close, databaseUrl: url, statements }
}
