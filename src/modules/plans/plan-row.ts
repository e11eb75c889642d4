import type { PlanSubscription } from '../../generated/prisma/client.js'
import type { Transaction } from '../../platform/database/transaction.js'
import { writePlanLetter } from './plan-letter.js'
import { isPaidPlan, type PlanState } from './plan-lifecycle.js'

/** The user's subscription once nobody else changes it, until the transaction ends. Null when there is none. */
export async function lockPlan(
  tx: Transaction,
  by: { userId: string } | { id: string },
): Promise<PlanSubscription | null> {
  const found = await tx.prisma.planSubscription.findUnique({ where: by as { id: string }, select: { id: true } })
  if (!found) return null
  await tx.prisma.$queryRaw`select id from plan_subscriptions where id = ${found.id}::uuid for no key update`
  return tx.prisma.planSubscription.findUnique({ where: { id: found.id } })
}

/** Writes what became of a locked subscription. Whoever had a paid plan is told when it is over. */
export async function keepPlan(tx: Transaction, before: PlanSubscription, after: PlanState): Promise<PlanSubscription> {
  const isOver = isPaidPlan(before) && !isPaidPlan(after)
  const { tier, status, periodStart, periodEnd, remainingGenerations } = after
  const { paidFrom, paidUntil, autoRenew, renewalTries, nextStepAt } = after
  const kept = await tx.prisma.planSubscription.update({
    where: { id: before.id },
    data: {
      ...{ tier, status, periodStart, periodEnd, remainingGenerations },
      ...{ paidFrom, paidUntil, autoRenew, renewalTries, nextStepAt },
      ...(isOver && { methodProvider: null, methodId: null }),
    },
  })
  if (isOver) await writePlanLetter(tx, 'over', before)
  return kept
}
