/** Where the time comes from, so that a test can move it. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

export const DAY_MS = 24 * 60 * 60 * 1000

export const addDays = (date: Date, days: number): Date => new Date(date.getTime() + days * DAY_MS)
