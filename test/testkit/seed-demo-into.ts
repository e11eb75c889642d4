import { seedWhenEmpty } from '../../src/app/seed-when-empty.js'
import type { TestServer } from './server.js'

/** How long it may take on a busy machine: the demo's pictures are really drawn. */
export const SEEDING_LIMIT_MS = 120_000

/** Puts the demo into an empty test server: the accounts of the README, and a factory that is free. */
export async function seedDemoInto({ databaseUrl, platform }: TestServer): Promise<void> {
  const { config, secrets, log } = platform
  await seedWhenEmpty({ config: { ...config, seed: 'demo' }, secrets, databaseUrl, log, say: () => undefined })
}
