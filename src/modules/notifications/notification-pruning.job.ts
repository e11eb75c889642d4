import { addDays } from '../../kernel/clock.js'
import type { JobHandler } from '../../platform/jobs/job-handler.js'
import type { Platform } from '../../platform/platform.js'

const KEPT_DAYS = 90
const BATCH = 1_000

/** Drops what is 90 days old, read or not, in batches that nobody has to wait for. Their numbers are not used again. */
export function pruneNotifications({ database, clock }: Pick<Platform, 'database' | 'clock'>): JobHandler {
  return async (_payload, { signal }) => {
    const before = addDays(clock.now(), -KEPT_DAYS)
    for (let dropped = BATCH; dropped === BATCH && !signal.aborted; )
      dropped = await database.prisma.$executeRaw`
        delete from notifications where id in (
          select id from notifications where created_at < ${before} order by created_at limit ${BATCH})`
  }
}
