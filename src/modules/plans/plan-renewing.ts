import { addDays } from '../../kernel/clock.js'
import { isPaidPlan, type PaidState, type PlanState, RENEWAL_TRIES } from './plan-lifecycle.js'

export type RenewalStep = 'remind' | 'try'

/** What the clock has to do about a plan that is up to date; null when nothing is due. */
export function renewalStep(state: PlanState, now: Date): RenewalStep | null {
  if (!isPaidPlan(state) || !state.autoRenew || state.nextStepAt === null || now < state.nextStepAt) return null
  if (now < state.paidUntil) return state.nextStepAt < state.paidUntil ? 'remind' : null
  return state.renewalTries < RENEWAL_TRIES ? 'try' : null
}

export const afterReminder = (state: PaidState): PaidState => ({ ...state, nextStepAt: state.paidUntil })

/** The next try is a day later, however late this one is; after the last one comes the end of the grace. */
export function afterTryBegun(state: PaidState, now: Date): PaidState {
  const renewalTries = state.renewalTries + 1
  const { periodEnd: end } = state
  const next = addDays(now > state.paidUntil ? now : state.paidUntil, 1)
  return { ...state, renewalTries, nextStepAt: renewalTries < RENEWAL_TRIES && next < end ? next : end }
}

/** The last failed try makes it PAST_DUE. A plan that was cancelled meanwhile stays so. */
export const afterTryFailed = (state: PaidState, failedTry: number): PaidState =>
  state.autoRenew && failedTry >= RENEWAL_TRIES ? { ...state, status: 'PAST_DUE' } : state
