import type { PlanSubscriptionStatus, PlanTier } from '../../generated/prisma/enums.js'
import { addDays, DAY_MS } from '../../kernel/clock.js'
import { allowanceOf, PLAN_PERIOD_DAYS } from './plan-catalogue.js'

/** How long a plan goes on while its renewal is tried: from its paid end on, or from when somebody is there to try it. */
export const GRACE_DAYS = 3
export const RENEWAL_TRIES = 3
/** How long before the paid end those are written to who have to pay themselves. */
export const REMINDER_DAYS = 3

const PERIOD_MS = PLAN_PERIOD_DAYS * DAY_MS

/** All of a subscription that moves. The columns of plan_subscriptions say what each means. */
export interface PlanState {
  readonly tier: PlanTier
  readonly status: PlanSubscriptionStatus
  readonly periodStart: Date
  /** The first moment that belongs to the next period. */
  readonly periodEnd: Date
  readonly remainingGenerations: number
  readonly paidFrom: Date | null
  readonly paidUntil: Date | null
  readonly autoRenew: boolean
  readonly renewalTries: number
  readonly nextStepAt: Date | null
}

/** A state with something paid in it. */
export type PaidState = PlanState & { readonly paidFrom: Date; readonly paidUntil: Date }

export const isPaidPlan = (state: PlanState): state is PaidState => state.paidFrom !== null && state.paidUntil !== null

/** What everybody starts with and returns to. */
export const freeFrom = (start: Date, isGuest = false): PlanState => ({
  tier: 'FREE',
  status: 'ACTIVE',
  periodStart: start,
  periodEnd: addDays(start, PLAN_PERIOD_DAYS),
  remainingGenerations: allowanceOf('FREE', isGuest),
  paidFrom: null,
  paidUntil: null,
  autoRenew: false,
  renewalTries: 0,
  nextStepAt: null,
})

/**
 * What time alone makes of a plan. Periods follow one another without a gap, however long nobody looked, and only those that are paid give a
 * paid quota: at the paid end a plan that is to be renewed waits out its grace with what is left, and any other becomes FREE. Grace that went
 * by without a try, because nobody ran us, begins again.
 */
export function planAt(state: PlanState, now: Date, isGuest = false): PlanState {
  if (now < state.periodEnd) return state
  if (!isPaidPlan(state)) return freeFrom(lastStart(state.periodEnd, now), isGuest)
  const last = nextPaidPeriod(state, now)
  if (now < last.periodEnd) return last
  const waits = last.autoRenew && last.periodEnd <= last.paidUntil
  const held = waits ? { ...last, periodEnd: addDays(last.paidUntil, GRACE_DAYS) } : last
  if (now < held.periodEnd) return held
  if (held.autoRenew && held.renewalTries === 0) return { ...held, periodEnd: addDays(now, GRACE_DAYS) }
  return freeFrom(lastStart(held.periodEnd, now), isGuest)
}

const lastStart = (from: Date, now: Date): Date =>
  new Date(now.getTime() - ((now.getTime() - from.getTime()) % PERIOD_MS))

/** The paid period that `now` lies in, or the last one. What is paid is whole periods. */
function nextPaidPeriod(state: PaidState, now: Date): PaidState {
  if (state.periodEnd >= state.paidUntil) return state
  const lastPaid = state.paidUntil.getTime() - PERIOD_MS
  const periodStart = new Date(Math.min(lastStart(state.periodEnd, now).getTime(), lastPaid))
  const periodEnd = addDays(periodStart, PLAN_PERIOD_DAYS)
  return { ...state, periodStart, periodEnd, remainingGenerations: allowanceOf(state.tier, false) }
}

/** After thirty days of `tier` were paid for. */
export function afterPayment(state: PlanState, tier: PlanTier, now: Date): PaidState {
  if (state.tier === tier && isPaidPlan(state)) return extended(state, now)
  const start = newStart(state, now)
  return paidPlan({ ...freeFrom(start), tier, remainingGenerations: allowanceOf(tier, false) }, start, start)
}

/** Thirty days more, from the old paid end: what is left stays until its period is over, and past the paid end that is now. */
function extended(state: PaidState, now: Date): PaidState {
  if (now < state.paidUntil) return paidPlan(state, state.paidFrom, state.paidUntil)
  // That of grace: the paid end, unless grace began later. Days on which nobody could renew are not sold.
  const periodStart = addDays(state.periodEnd, -GRACE_DAYS)
  const longer = paidPlan(state, state.paidFrom, periodStart)
  const remainingGenerations = allowanceOf(state.tier, false)
  return { ...longer, periodStart, periodEnd: longer.paidUntil, remainingGenerations }
}

function paidPlan(state: PlanState, paidFrom: Date, coversFrom: Date): PaidState {
  const paidUntil = addDays(coversFrom, PLAN_PERIOD_DAYS)
  const nextStepAt = addDays(paidUntil, -REMINDER_DAYS)
  return { ...state, status: 'ACTIVE', autoRenew: true, renewalTries: 0, paidFrom, paidUntil, nextStepAt }
}

/** A period's start names it to reservations, so no two are the same, whatever the clocks of several processes say. */
const newStart = ({ periodStart }: PlanState, now: Date): Date =>
  new Date(Math.max(now.getTime(), periodStart.getTime() + 1))

/** Whether a payment may renew this plan: from this paid end, once, and not after it was cancelled. */
export const isRenewable = (state: PlanState, renewal: { tier: PlanTier; renewsFrom: Date | null }): boolean =>
  state.autoRenew && state.tier === renewal.tier && state.paidUntil?.getTime() === renewal.renewsFrom?.getTime()

/** After its owner cancelled it. Nothing else happens until its period is over. */
export const afterCancel = (state: PaidState): PaidState => ({
  ...state,
  status: 'CANCELLED',
  autoRenew: false,
  nextStepAt: state.periodEnd > state.paidUntil ? state.periodEnd : state.paidUntil,
})

/** After a purchase whose days begin at `coversFrom` was refunded in full: those days are gone, unless they were given up before. */
export function afterRefund(state: PlanState, purchase: { tier: PlanTier; coversFrom: Date }, now: Date): PlanState {
  const isPart = isPaidPlan(state) && state.tier === purchase.tier && state.paidFrom <= purchase.coversFrom
  if (!isPart) return state
  const paidUntil = addDays(state.paidUntil, -PLAN_PERIOD_DAYS)
  if (now < paidUntil) {
    const nextStepAt = state.autoRenew ? addDays(paidUntil, -REMINDER_DAYS) : paidUntil
    return { ...state, paidUntil, renewalTries: 0, nextStepAt }
  }
  const free = freeFrom(newStart(state, now))
  return { ...free, remainingGenerations: Math.min(state.remainingGenerations, free.remainingGenerations) }
}
