import type { Clock } from '../../../kernel/clock.js'
import type { Database } from '../../../platform/database/database.js'
import type { JobHandler } from '../../../platform/jobs/job-handler.js'

/** Drops tokens that expired; what they were sent to goes with them. */
export const pruneEmailTokens =
  ({ prisma }: Pick<Database, 'prisma'>, clock: Clock): JobHandler =>
  async () => {
    await prisma.emailToken.deleteMany({ where: { expiresAt: { lt: clock.now() } } })
  }
