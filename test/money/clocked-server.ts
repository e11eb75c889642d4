import { startServer } from '../../src/app/server.js'
import type { Clock } from '../../src/kernel/clock.js'
import { configFrom } from '../../src/platform/config/config.js'
import { readEnvironment } from '../../src/platform/config/environment.js'
import { loadSecrets } from '../../src/platform/config/secrets.js'
import { createLogger } from '../../src/platform/observability/logger.js'

/** How long a provider may take; a fault that is slow takes longer. */
export const ANSWER_MS = 800

/** The whole server, with a clock of the test's. Its secrets are those of its folder, so the next one over it knows them. */
export async function startClockedServer(env: Readonly<Record<string, string | undefined>>, clock: Clock) {
  const environment = readEnvironment(env)
  const config = configFrom(environment)
  const { yookassa, stripe } = config
  return startServer({
    config: {
      ...config,
      yookassa: yookassa && { ...yookassa, answerMs: ANSWER_MS },
      stripe: stripe && { ...stripe, answerMs: ANSWER_MS },
    },
    secrets: await loadSecrets(environment, config.dataDir),
    databaseUrl: env.DATABASE_URL ?? '',
    log: createLogger(env.TEST_LOG ?? 'silent'),
    clock,
  })
}
