import type { Clock } from '../../../kernel/clock.js'
import type { Database } from '../../../platform/database/database.js'
import type { JobHandler } from '../../../platform/jobs/job-handler.js'

/** Drops visits to providers that nobody came back from in time. */
export const pruneProviderLogins =
  ({ prisma }: Pick<Database, 'prisma'>, clock: Clock): JobHandler =>
  async () => {
    await prisma.providerLogin.deleteMany({ where: { expiresAt: { lt: clock.now() } } })
  }
