import type { Config } from '../platform/config/config.js'
import type { Secrets } from '../platform/config/secrets.js'
import type { Logger } from '../platform/observability/logger.js'

export interface SeedOptions {
  readonly config: Config
  readonly secrets: Secrets
  readonly databaseUrl: string
  readonly log: Logger
  readonly say: (line: string) => void
}

export async function seedWhenEmpty(_options: SeedOptions): Promise<void> {}
