import type { Clock } from '../../../kernel/clock.js'
import type { Database } from '../../../platform/database/database.js'
import type { JobHandler } from '../../../platform/jobs/job-handler.js'

/** Drops codes that nobody used in time. */
export const prunePhoneCodes =
  ({ prisma }: Pick<Database, 'prisma'>, clock: Clock): JobHandler =>
  async () => {
    await prisma.phoneCode.deleteMany({ where: { expiresAt: { lt: clock.now() } } })
  }
