import { addDays, type Clock } from '../../../kernel/clock.js'
import type { Database } from '../../../platform/database/database.js'
import { inTransaction } from '../../../platform/database/transaction.js'
import type { EventStreams } from '../../../platform/events/event-streams.js'
import type { JobHandler } from '../../../platform/jobs/job-handler.js'
import { sessionStream } from './session-end.js'

const KEPT_DAYS = 30
const BATCH = 5_000

/** Drops refresh tokens that expired, and sessions that nobody could have used for 30 days. */
export const pruneSessions =
  (database: Database, streams: Pick<EventStreams, 'drop'>, clock: Clock): JobHandler =>
  async () => {
    const now = clock.now()
    await database.prisma.refreshToken.deleteMany({ where: { expiresAt: { lt: now } } })
    await inTransaction(database, async (tx) => {
      const unused = await tx.prisma.session.findMany({
        where: { lastUsedAt: { lt: addDays(now, -KEPT_DAYS) }, refreshTokens: { none: {} } },
        select: { id: true },
        take: BATCH,
      })
      const ids = unused.map(({ id }) => id)
      await tx.prisma.session.deleteMany({ where: { id: { in: ids } } })
      await streams.drop(tx, ids.map(sessionStream))
    })
  }
