import type { Transaction } from '../../../platform/database/transaction.js'

/**
 * Holds an account until the end of the transaction. Whoever changes its address, password or tokens takes this first, so that
 * such changes come one after another; sessions can be opened meanwhile.
 * @returns whether it may be changed: not when it is blocked, or deleted
 */
export async function lockAccount(tx: Transaction, userId: string): Promise<boolean> {
  const held = await tx.prisma.$queryRaw<unknown[]>`
    select id::text from users where id = ${userId}::uuid and blocked_at is null and deleted_at is null for no key update`
  return held.length > 0
}
