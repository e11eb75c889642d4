import { describe, expect, it } from 'vitest'
import { askedPause, pauseAfter } from './call-schedule.js'

const SECOND = 1_000
const HOUR = 3_600 * SECOND

describe('the pause after a try', () => {
  it.each([
    [1, 5 * SECOND],
    [2, 20 * SECOND],
    [3, 80 * SECOND],
    [6, 5_120 * SECOND],
    [7, 20_480 * SECOND],
    [8, 6 * HOUR],
    [40, 6 * HOUR],
  ])('number %d is %d ms, give or take a fifth', (attempt, pause) => {
    expect(pauseAfter(attempt, 0.5)).toBe(pause)
    expect(pauseAfter(attempt, 0)).toBe(Math.round(pause * 0.8))
    expect(pauseAfter(attempt, 1)).toBe(Math.round(pause * 1.2))
  })
})

describe('what a Retry-After asks for', () => {
  const now = new Date('2026-03-01T12:00:00Z')
  it.each([
    [null, 0],
    ['', 0],
    ['120', 120 * SECOND],
    [' 7 ', 7 * SECOND],
    ['0', 0],
    ['Sun, 01 Mar 2026 13:00:00 GMT', HOUR],
    ['Sun, 01 Mar 2026 11:00:00 GMT', 0],
    ['soon', 0],
    ['999999999', 24 * HOUR],
    ['9'.repeat(400), 24 * HOUR],
    ['Sun, 01 Mar 2099 12:00:00 GMT', 24 * HOUR],
  ])('%j is %d ms', (text, pause) => expect(askedPause(text, now)).toBe(pause))
})
