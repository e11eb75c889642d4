import { addDays } from '../../../kernel/clock.js'
import type { JobHandler } from '../../../platform/jobs/job-handler.js'
import type { Platform } from '../../../platform/platform.js'

const KEPT_DAYS = 30
const BATCH = 5_000

/** Deletes calls older than 30 days, in short statements, and secrets that sign no more. */
export const pruneCalls =
  ({ database, clock }: Pick<Platform, 'database' | 'clock'>): JobHandler =>
  async (_payload, { signal }) => {
    const now = clock.now()
    await database.prisma.factoryWebhookSecret.deleteMany({ where: { expiresAt: { lte: now } } })
    for (let pruned = BATCH; pruned === BATCH && !signal.aborted; )
      pruned = await database.prisma.$executeRaw`
        delete from factory_calls where id in (
          select id from factory_calls where created_at < ${addDays(now, -KEPT_DAYS)} order by created_at limit ${BATCH})`
  }
