import type { PlanSubscriptionStatus, PlanTier } from '../../generated/prisma/enums.js'
import { addDays, DAY_MS } from '../../kernel/clock.js'
import { allowanceOf, PLAN_PERIOD_DAYS } from './plan-catalogue.js'

export interface PlanPeriod {
  readonly tier: PlanTier
  readonly status: PlanSubscriptionStatus
  readonly start: Date
  /** The first moment that belongs to the next period. */
  readonly end: Date
  readonly allowance: number
}

const periodFrom = (tier: PlanTier, start: Date, isGuest: boolean): PlanPeriod => ({
  tier,
  status: 'ACTIVE',
  start,
  end: addDays(start, PLAN_PERIOD_DAYS),
  allowance: allowanceOf(tier, isGuest),
})

/** The period that everybody starts with. */
export const firstPeriod = (now: Date, isGuest: boolean): PlanPeriod => periodFrom('FREE', now, isGuest)

/**
 * The period that `now` lies in, after one that ended at `endedAt`; null while that one still runs. Periods follow one another without a gap, so
 * their anniversary stays where it was however long nobody looked. What was paid for is over with its period: only a payment renews it.
 */
export function periodAfter(endedAt: Date, now: Date, isGuest: boolean): PlanPeriod | null {
  if (now < endedAt) return null
  const wholePeriods = Math.floor((now.getTime() - endedAt.getTime()) / (PLAN_PERIOD_DAYS * DAY_MS))
  return periodFrom('FREE', addDays(endedAt, wholePeriods * PLAN_PERIOD_DAYS), isGuest)
}
