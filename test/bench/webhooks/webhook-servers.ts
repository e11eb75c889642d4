import { join } from 'node:path'
import { freePort } from '../../../src/platform/database/free-port.js'
import { type BenchProcess, startBenchProcess } from '../bench-process.js'
import { newSecret } from '../bench-secret.js'
import type { SigningKey } from '../bench-world.js'

export interface WebhookServer {
  readonly name: 'AdTime' | 'limit'
  readonly url: string
  readonly process: BenchProcess
}

interface Settings {
  readonly root: string
  readonly databaseUrl: string
  readonly dataDir: string
  readonly key: SigningKey
  /** 64 hexadecimal characters; the sandbox's webhooks are signed under a key made of it. */
  readonly signingSecret: string
}

/** AdTime as in production. @param jobs how many it runs at once; without any it only takes webhooks in */
export const startAdTime = ({ root, databaseUrl, dataDir, key, signingSecret }: Settings, jobs: number) =>
  start(root, 'AdTime', ['dist/app/main.js'], {
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    JOB_CONCURRENCY: String(jobs),
    RATE_LIMIT_COST: '100000000000',
    LOG_LEVEL: 'error',
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    SEED: 'none',
    SANDBOX_PAYMENTS: 'allow',
    JWT_PRIVATE_KEY: key.privatePem,
    PASSWORD_PEPPER: newSecret(),
    SIGNING_SECRET: signingSecret,
  })

export const startLimit = ({ root, databaseUrl }: Settings) =>
  start(root, 'limit', ['--import', 'tsx', join(import.meta.dirname, 'limit-server.ts')], {
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
  })

async function start(
  root: string,
  name: WebhookServer['name'],
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<WebhookServer> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const process = await startBenchProcess({ name, args, cwd: root, env: { ...env, PORT: String(port) }, readyUrl: url })
  return { name, url, process }
}
