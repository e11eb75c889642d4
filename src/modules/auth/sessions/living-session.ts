import { addDays } from '../../../kernel/clock.js'

/** How long a refresh token is good, and with it a session that nobody refreshes. */
export const REFRESH_DAYS = 7

/** Of sessions: those that can still be gone on with. */
export const livingAt = (now: Date) => ({ endedAt: null, lastUsedAt: { gt: addDays(now, -REFRESH_DAYS) } })
