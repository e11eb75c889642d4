import type { PlanSubscription } from '../../generated/prisma/client.js'
import { newId } from '../../kernel/ids.js'
import type { Transaction } from '../../platform/database/transaction.js'
import { freeFrom, planAt } from './plan-lifecycle.js'
import { keepPlan, lockPlan } from './plan-row.js'

/**
 * Makes the user's subscription when there is none yet, and lets time do to it what is due. Safe under any concurrency: a row is made
 * once, and locked from then on until the transaction ends.
 * @param as what the period is for, where that is not what the account is now
 * @returns null when there is no such user
 */
export async function bringUpToDate(
  tx: Transaction,
  userId: string,
  now: Date,
  as?: 'guest',
): Promise<PlanSubscription | null> {
  const user = await tx.prisma.user.findUnique({ where: { id: userId }, select: { isGuest: true } })
  if (!user) return null
  const isGuest = as === 'guest' || user.isGuest
  const locked = await lockPlan(tx, { userId })
  if (locked) {
    const state = planAt(locked, now, isGuest)
    return state === locked ? locked : keepPlan(tx, locked, state)
  }
  const first = freeFrom(now, isGuest)
  await tx.prisma.planSubscription.createMany({ data: { id: newId(), userId, ...first }, skipDuplicates: true })
  return lockPlan(tx, { userId })
}
