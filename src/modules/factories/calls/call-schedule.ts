const FIRST_PAUSE_MS = 5_000
const LONGEST_PAUSE_MS = 6 * 60 * 60 * 1_000
const GROWTH = 4
const JITTER = 0.2
const LONGEST_ASKED_MS = 24 * 60 * 60 * 1_000

/** How long calls are tried at all. */
export const TRIED_FOR_DAYS = 3

/**
 * The pause after try number `attempt` (from 1), in milliseconds: 5 seconds, four times as long each time, 6 hours at most, give or take a
 * fifth so that what failed together does not come back together.
 * @param random from 0 to 1
 */
export function pauseAfter(attempt: number, random: number): number {
  const pause = Math.min(FIRST_PAUSE_MS * GROWTH ** (attempt - 1), LONGEST_PAUSE_MS)
  return Math.round(pause * (1 - JITTER + 2 * JITTER * random))
}

/** What a Retry-After asks for, in milliseconds: seconds or an HTTP date, a day at most; 0 for none and for nonsense. */
export function askedPause(retryAfter: string | null, now: Date): number {
  const text = retryAfter?.trim() ?? ''
  const asked = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - now.getTime()
  return Number.isFinite(asked) || asked === Number.POSITIVE_INFINITY
    ? Math.min(Math.max(asked, 0), LONGEST_ASKED_MS)
    : 0
}
