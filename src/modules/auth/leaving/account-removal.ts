import { DomainError } from '../../../kernel/domain-error.js'
import { inTransaction, type Transaction } from '../../../platform/database/transaction.js'
import { enqueue } from '../../../platform/jobs/job-queue.js'
import type { Platform } from '../../../platform/platform.js'

export const FINISH_REMOVAL = 'auth.finish-removal'

/** Longer than any call can last that began before the account was removed. */
const FINISH_AFTER_MS = 60 * 60 * 1_000

/** Has every room let go of a person; see Room.forget. */
export type Forget = (tx: Transaction, userId: string) => Promise<void>

/** How an account goes, whether its owner leaves or it is that of a guest who never came back. */
export class AccountRemoval {
  constructor(
    private readonly platform: Pick<Platform, 'database' | 'clock' | 'log'>,
    private readonly forget: Forget,
  ) {}

  /** The caller has locked the account FOR UPDATE. @throws CONFLICT when the person cannot leave yet */
  async remove(tx: Transaction, userId: string): Promise<void> {
    await this.forget(tx, userId)
    if ((await tx.prisma.user.count({ where: { id: userId } })) === 0) return
    const runAt = new Date(this.platform.clock.now().getTime() + FINISH_AFTER_MS)
    await enqueue(tx, FINISH_REMOVAL, { userId }, { runAt, key: `${FINISH_REMOVAL}:${userId}` })
  }

  /** The job after `remove`, where a row stayed: a call that was under way may have written to it, or for it, at the last moment. */
  async finish({ userId }: { readonly userId: string }): Promise<void> {
    const { database, log } = this.platform
    try {
      await inTransaction(database, async (tx) => {
        const deleted = await tx.prisma.$queryRaw<unknown[]>`
          select id::text from users where id = ${userId}::uuid and deleted_at is not null for update`
        if (deleted.length > 0) await this.forget(tx, userId)
      })
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'CONFLICT') throw error
      log.warn({ err: error, userId }, 'a deleted account has something left that somebody must look at')
    }
  }
}
