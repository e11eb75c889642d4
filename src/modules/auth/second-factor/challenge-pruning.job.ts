import type { Clock } from '../../../kernel/clock.js'
import type { Database } from '../../../platform/database/database.js'
import type { JobHandler } from '../../../platform/jobs/job-handler.js'

/** Drops sign-ins whose second factor never came. */
export const pruneChallenges =
  ({ prisma }: Pick<Database, 'prisma'>, clock: Clock): JobHandler =>
  async () => {
    await prisma.signInChallenge.deleteMany({ where: { expiresAt: { lt: clock.now() } } })
  }
