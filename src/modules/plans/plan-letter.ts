import type { PlanSubscription } from '../../generated/prisma/client.js'
import type { PlanTier } from '../../generated/prisma/enums.js'
import type { Transaction } from '../../platform/database/transaction.js'
import { enqueue } from '../../platform/jobs/job-queue.js'
import { planJobs } from './plans.jobs.js'

/** How often a letter is tried: over some three hours. */
const TRIES = 10

/** `over`: the plan became FREE. The others ask for something, and lead to the page where it can be paid. */
export type PlanLetterKind = 'ends-soon' | 'to-renew' | 'charge-failed' | 'past-due' | 'over'

/** What the job of a letter is told. To whom it goes is asked anew when it goes. */
export interface PlanLetterOrder {
  readonly kind: PlanLetterKind
  readonly subscriptionId: string
  readonly tier: PlanTier
  readonly paidUntil: string
}

/** What the owner of a plan is told. */
export interface PlanNews {
  readonly kind: PlanLetterKind
  readonly subscriptionId: string
  readonly userId: string
  readonly tier: PlanTier
  readonly paidUntil: Date
}

/** Hears of it in the job that writes the letter, and so perhaps again. */
export type PlanNewsListener = (tx: Transaction, news: PlanNews) => Promise<void>

/** Has the plan's owner written to, once the transaction commits. */
export async function writePlanLetter(
  tx: Transaction,
  kind: PlanLetterKind,
  { id, tier, paidUntil }: Pick<PlanSubscription, 'id' | 'tier' | 'paidUntil'>,
): Promise<void> {
  if (!paidUntil) return
  const order: PlanLetterOrder = { kind, subscriptionId: id, tier, paidUntil: paidUntil.toISOString() }
  await enqueue(tx, planJobs.letter, { ...order }, { maxAttempts: TRIES })
}
