import { addDays } from '../../../kernel/clock.js'
import { DomainError } from '../../../kernel/domain-error.js'
import { inTransaction } from '../../../platform/database/transaction.js'
import type { JobHandler } from '../../../platform/jobs/job-handler.js'
import type { Platform } from '../../../platform/platform.js'
import type { AccountRemoval } from '../leaving/account-removal.js'

const KEPT_DAYS = 30
const BATCH = 100
const FIRST_ID = '00000000-0000-0000-0000-000000000000'

/** Removes guests who have not come back for 30 days, and what is theirs alone. */
export class GuestPruning {
  constructor(
    private readonly platform: Pick<Platform, 'database' | 'clock'>,
    private readonly removal: Pick<AccountRemoval, 'remove'>,
  ) {}

  run: JobHandler = async (_payload, { log, signal }) => {
    let failed = 0
    for await (const id of this.unused())
      try {
        if (signal.aborted) return
        await this.remove(id)
      } catch (error) {
        // Somebody's order is under way, or money: until that is over the guest stays.
        if (error instanceof DomainError && error.code === 'CONFLICT') continue
        log.warn({ err: error, userId: id }, 'a guest could not be removed')
        failed++
      }
    if (failed > 0) throw new Error(`${failed} guests could not be removed`)
  }

  // One pass in the order of ids: whoever cannot go does not hold up the others.
  private async *unused(): AsyncGenerator<string> {
    const unusedSince = addDays(this.platform.clock.now(), -KEPT_DAYS)
    for (let after = FIRST_ID; ; ) {
      const guests = await this.platform.database.prisma.$queryRaw<{ id: string }[]>`
        select id::text from users u
        where is_guest and deleted_at is null and created_at < ${unusedSince} and id > ${after}::uuid
          and not exists (select from sessions s where s.user_id = u.id and s.last_used_at >= ${unusedSince})
        order by id limit ${BATCH}`
      for (const { id } of guests) yield id
      const last = guests.at(-1)
      if (!last || guests.length < BATCH) return
      after = last.id
    }
  }

  private async remove(id: string): Promise<void> {
    await inTransaction(this.platform.database, async (tx) => {
      const guest = await tx.prisma.$queryRaw<unknown[]>`
        select id::text from users where id = ${id}::uuid and is_guest and deleted_at is null for update`
      if (guest.length > 0) await this.removal.remove(tx, id)
    })
  }
}
