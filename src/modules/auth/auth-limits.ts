import type { RateLimits } from '../../platform/limits/rate-limits.js'

const MINUTE = 60
const HOUR = 60 * MINUTE

/** How often one may try to get in, each by address and by account. */
export const authLimits = (limits: RateLimits) => ({
  login: limits.tries('login', { points: 5, seconds: MINUTE }),
  /** Accounts that were made. */
  registration: limits.tries('registration', { points: 3, seconds: HOUR }),
  /** Tries to make one, refused ones too: each costs us a password hash. */
  registrationTry: limits.tries('registration-try', { points: 100, seconds: HOUR }),
  phoneCode: limits.tries('phone-code', { points: 3, seconds: HOUR }),
  /** Of a code that was sent to a phone; each code has five tries of its own. */
  phoneLogin: limits.tries('phone-login', { points: 10, seconds: MINUTE }),
  /** Of one-time and recovery codes, whatever they are for: 20 guesses an hour at a million codes. */
  secondFactor: limits.tries('second-factor', { points: 20, seconds: HOUR }),
  guestSession: limits.tries('guest-session', { points: 20, seconds: HOUR }),
  /** Letters that anybody can have sent to an address. */
  letter: limits.tries('letter', { points: 5, seconds: HOUR }),
  /** Of wrong tokens of letters. The right ones cannot be guessed; this is for those who try. */
  emailToken: limits.tries('email-token', { points: 20, seconds: MINUTE }),
  providerLogin: limits.tries('provider-login', { points: 20, seconds: MINUTE }),
  /** Questions whether an address has an account. */
  emailAvailable: limits.tries('email-available', { points: 60, seconds: MINUTE }),
})

export type AuthLimits = ReturnType<typeof authLimits>
