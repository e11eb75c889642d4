import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { addDays, DAY_MS } from '../../kernel/clock.js'
import {
  afterCancel,
  afterPayment,
  afterRefund,
  freeFrom,
  isRenewable,
  type PaidState,
  type PlanState,
  planAt,
} from './plan-lifecycle.js'
import { afterReminder, afterTryBegun, afterTryFailed, renewalStep } from './plan-renewing.js'

const start = new Date('2026-03-01T12:00:00Z')
const day = (number: number) => addDays(start, number)
const dayOf = (date: Date | null) => (date === null ? null : (date.getTime() - start.getTime()) / DAY_MS)

const words = ({ tier, status, remainingGenerations: left, periodEnd, paidUntil }: PlanState): string =>
  `${tier}${status === 'ACTIVE' ? '' : ` ${status}`}, ${left} left to day ${dayOf(periodEnd)}${paidUntil ? `, paid to ${dayOf(paidUntil)}` : ''}`

/** FREE since long ago, PRO bought on day 0. */
const bought = afterPayment(freeFrom(day(-7)), 'PRO', start)
const used = (state: PaidState): PaidState => ({ ...state, remainingGenerations: 7 })
const thrice = used(afterPayment(afterPayment(bought, 'PRO', day(1)), 'PRO', day(1)))
const paid = used(bought)
const failedThrice = (state: PaidState): PaidState =>
  [1, 2, 3].reduce((tried) => afterTryFailed(afterTryBegun(tried, day(30)), tried.renewalTries + 1), state)
const refunded = (state: PaidState, now: Date) =>
  afterRefund(state, { tier: 'PRO', coversFrom: addDays(state.paidUntil, -30) }, now)

interface Case {
  readonly name: string
  readonly on: number
  readonly state: PlanState
}
const grace = planAt(paid, day(31)) as PaidState
const tried = afterTryBegun(grace, day(30))
const cases: readonly Case[] = [
  { name: 'FREE', on: 10, state: { ...freeFrom(day(-7)), remainingGenerations: 2 } },
  { name: 'paid', on: 10, state: paid },
  { name: 'paid twice', on: 10, state: used(afterPayment(paid, 'PRO', day(1))) },
  { name: 'cancelled', on: 10, state: afterCancel(paid) },
  { name: 'tried once', on: 31, state: tried },
  { name: 'PAST_DUE', on: 32.5, state: failedThrice(grace) },
]
const act = (state: PlanState, change: (paid: PaidState) => PlanState): string =>
  state.paidUntil === null ? '-' : words(change(state as PaidState))

/** The table of the room's README. */
const table = [
  '| on day | it is | PRO is paid | PREMIUM is paid | cancelled | refunded | on day 30 | on day 33 |',
  '| --- | --- | --- | --- | --- | --- | --- | --- |',
  ...cases.map(({ on, name, state }) =>
    [
      '',
      ` ${on} `,
      ` ${name}: ${words(state)} `,
      ` ${words(afterPayment(state, 'PRO', day(on)))} `,
      ` ${words(afterPayment(state, 'PREMIUM', day(on)))} `,
      ` ${act(state, afterCancel)} `,
      ` ${act(state, (one) => refunded(one, day(on)))} `,
      ` ${on > 30 ? '-' : words(planAt(state, day(30)))} `,
      ` ${words(planAt(state, day(33)))} `,
      '',
    ].join('|'),
  ),
]

describe('a plan', () => {
  test('moves as the table in the README says', () => {
    expect(readFileSync(new URL('README.md', import.meta.url), 'utf8')).toContain(table.join('\n'))
  })

  test('PRO from day 0 is paid to day 30', () => {
    expect(words(bought)).toBe('PRO, 50 left to day 30, paid to 30')
  })

  test.each([
    [29.999, 'PRO, 7 left to day 30, paid to 90'],
    [30, 'PRO, 50 left to day 60, paid to 90'],
    [89, 'PRO, 50 left to day 90, paid to 90'],
    [90, 'PRO, 50 left to day 93, paid to 90'],
  ])('paid three times and looked at on day %d is %s', (on, expected) => {
    expect(words(planAt(thrice, day(on)))).toBe(expected)
  })

  test.each([
    [93, 'FREE, 5 left to day 123'],
    [193, 'FREE, 5 left to day 213'],
  ])('paid three times, tried to renew and looked at on day %d is %s', (on, expected) => {
    const tried = afterTryBegun(planAt(thrice, day(90)) as PaidState, day(90))
    expect(words(planAt(tried, day(on)))).toBe(expected)
  })

  test('past its end gets nothing fresh before it is paid, and one quota for one payment', () => {
    expect(words(grace)).toBe('PRO, 7 left to day 33, paid to 30')
    const renewed = afterPayment(grace, 'PRO', day(32))
    expect(words(renewed)).toBe('PRO, 50 left to day 60, paid to 60')
    expect(words(afterPayment(used(renewed), 'PRO', day(32)))).toBe('PRO, 7 left to day 60, paid to 90')
  })

  test('never begins two periods at the same moment', () => {
    expect(afterPayment(bought, 'PREMIUM', start).periodStart).not.toEqual(bought.periodStart)
  })

  test('that a refund cuts loses only days of its own run', () => {
    const again = afterPayment(afterPayment(bought, 'PREMIUM', day(5)), 'PRO', day(10))
    expect(afterRefund(again, { tier: 'PRO', coversFrom: start }, day(11))).toBe(again)
    expect(words(afterRefund(again, { tier: 'PRO', coversFrom: day(10) }, day(11)))).toBe('FREE, 5 left to day 41')
  })
})

describe('renewing', () => {
  test('goes by reminder, three tries a day apart, and the end', () => {
    const seen: string[] = []
    let state: PlanState = paid
    for (let now = day(26); now < day(34); now = addDays(now, 0.25)) {
      state = planAt(state, now)
      const step = renewalStep(state, now)
      if (step === null || !state.paidUntil) continue
      seen.push(`${step} on day ${dayOf(now)}`)
      state = step === 'remind' ? afterReminder(state as PaidState) : afterTryBegun(state as PaidState, now)
    }
    expect(seen).toEqual(['remind on day 27', 'try on day 30', 'try on day 31', 'try on day 32'])
    expect(words(state)).toBe('FREE, 5 left to day 63')
  })

  test('that nobody tried for the three days begins when somebody does, and sells no day before that', () => {
    const late = planAt(paid, day(40)) as PaidState
    expect(words(late)).toBe('PRO, 7 left to day 43, paid to 30')
    expect(renewalStep(late, day(40))).toBe('try')
    const once = afterTryBegun(late, day(40))
    expect([dayOf(once.nextStepAt), words(planAt(once, day(43)))]).toEqual([41, 'FREE, 5 left to day 73'])
    expect(words(afterPayment(once, 'PRO', day(42)))).toBe('PRO, 50 left to day 70, paid to 70')
    expect(refunded(afterPayment(once, 'PRO', day(42)), day(50))).toMatchObject({ tier: 'FREE' })
    expect(words(planAt(afterCancel(paid), day(40)))).toBe('FREE, 5 left to day 60')
  })

  test('that begins late tries no faster', () => {
    const late = afterTryBegun(planAt(paid, day(31.5)) as PaidState, day(31.5))
    expect(dayOf(late.nextStepAt)).toBe(32.5)
    expect(dayOf(afterTryBegun(late, day(32.5)).nextStepAt)).toBe(33)
  })

  test('is for this paid end alone, and over once it is cancelled', () => {
    const renewal = { tier: 'PRO', renewsFrom: day(30) } as const
    expect(isRenewable(grace, renewal)).toBe(true)
    expect(isRenewable(afterPayment(grace, 'PRO', day(31)), renewal)).toBe(false)
    expect(isRenewable(afterCancel(grace), renewal)).toBe(false)
    expect(isRenewable(planAt(tried, day(33)), renewal)).toBe(false)
    expect(isRenewable(freeFrom(start), { tier: 'FREE', renewsFrom: null })).toBe(false)
  })

  test('that failed does not undo a cancellation', () => {
    expect(failedThrice(grace).status).toBe('PAST_DUE')
    expect(afterTryFailed(afterCancel(grace), 3).status).toBe('CANCELLED')
  })
})
