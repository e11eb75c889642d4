import { describe, expect, test } from 'vitest'
import { firstPeriod, periodAfter } from './plan-period.js'

const at = (text: string) => new Date(text)

describe('a plan period', () => {
  test('starts when it is first needed and lasts 30 days', () => {
    const period = firstPeriod(at('2026-03-01T12:00:00Z'), false)
    expect(period).toEqual({
      tier: 'FREE',
      status: 'ACTIVE',
      start: at('2026-03-01T12:00:00Z'),
      end: at('2026-03-31T12:00:00Z'),
      allowance: 5,
    })
  })

  test('gives a guest one image', () => {
    expect(firstPeriod(at('2026-03-01T12:00:00Z'), true).allowance).toBe(1)
    expect(periodAfter(at('2026-03-01T12:00:00Z'), at('2026-03-02T12:00:00Z'), true)?.allowance).toBe(1)
  })

  test.each([
    ['the last millisecond of the old one', '2026-03-31T11:59:59.999Z', null],
    ['the first millisecond of the next', '2026-03-31T12:00:00.000Z', '2026-03-31T12:00:00.000Z'],
    ['the last millisecond of the next', '2026-04-30T11:59:59.999Z', '2026-03-31T12:00:00.000Z'],
    ['one period later', '2026-04-30T12:00:00.000Z', '2026-04-30T12:00:00.000Z'],
    ['a year later', '2027-03-31T12:00:00.000Z', '2027-03-26T12:00:00.000Z'],
  ])('keeps its anniversary: at %s', (_moment, now, start) => {
    const period = periodAfter(at('2026-03-31T12:00:00Z'), at(now), false)
    expect(period?.start.toISOString() ?? null).toBe(start)
  })
})
