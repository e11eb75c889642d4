import type { Transaction } from '../../platform/database/transaction.js'
import { bringUpToDate } from './plan-account.js'
import { allowanceOf } from './plan-catalogue.js'

/** Gives a guest who becomes a member what FREE gives beyond a guest's quota. What the guest used stays used. */
export async function raiseGuestQuota(tx: Transaction, userId: string, now: Date): Promise<void> {
  // First a period as a guest's, whoever begins it: then what is added is the same, and is added to something.
  await bringUpToDate(tx, userId, now, 'guest')
  const more = allowanceOf('FREE', false) - allowanceOf('FREE', true)
  await tx.prisma.$executeRaw`
    update plan_subscriptions set remaining_generations = remaining_generations + ${more}::int
    where user_id = ${userId}::uuid and tier = 'FREE'`
}
