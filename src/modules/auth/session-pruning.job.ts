import { addDays, type Clock } from '../../kernel/clock.js'
import type { Database } from '../../platform/database/database.js'
import type { JobHandler } from '../../platform/jobs/job-handler.js'

const KEPT_DAYS = 30

/** Drops refresh tokens that expired, and sessions that nobody could have used for 30 days. */
export const pruneSessions =
  (database: Database, clock: Clock): JobHandler =>
  async () => {
    const now = clock.now()
    await database.prisma.refreshToken.deleteMany({ where: { expiresAt: { lt: now } } })
    await database.prisma.session.deleteMany({
      where: { lastUsedAt: { lt: addDays(now, -KEPT_DAYS) }, refreshTokens: { none: {} } },
    })
  }
