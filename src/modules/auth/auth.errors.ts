import { DomainError, inputError } from '../../kernel/domain-error.js'

/** One error for all that can be wrong with a token: the difference would only help those who forge them. */
export const invalidAccessToken = (cause?: unknown): DomainError =>
  new DomainError('UNAUTHENTICATED', 'The access token is not valid or has expired. Refresh it or sign in again.', {
    cause,
  })

export const endedSession = (): DomainError =>
  new DomainError('UNAUTHENTICATED', 'This session has ended. Sign in again.')

export const invalidRefreshToken = (): DomainError =>
  new DomainError('UNAUTHENTICATED', 'The refresh token is unknown, expired or already used. Sign in again.')

/** The same for an unknown address and a wrong password. */
export const wrongCredentials = (): DomainError =>
  new DomainError('UNAUTHENTICATED', 'The e-mail address or the password is wrong.')

/** Only to whoever knows the password: others learn nothing about the account. */
export const blockedAccount = (): DomainError => new DomainError('FORBIDDEN', 'This account is blocked.')

/** The same for whatever is wrong with the code or the challenge: somebody who guesses learns nothing. */
export const wrongSecondFactor = (): DomainError =>
  new DomainError(
    'UNAUTHENTICATED',
    'The code is wrong or was used before, or this sign-in has expired. Try the next code, or sign in again.',
  )

/** The same for whatever is wrong with a code that was sent to a phone, and where none was sent. */
export const wrongPhoneCode = (): DomainError =>
  new DomainError('UNAUTHENTICATED', 'The code is wrong, was used or has expired. Have a new one sent.')

export const noPhoneLogin = (): DomainError =>
  new DomainError('PROVIDER_UNAVAILABLE', 'Signing in by phone is not offered: no short messages can be sent.')

/** One error for a token that is unknown, used, expired or dead: the difference would only help those who guess. */
export const badEmailToken = (): DomainError =>
  inputError([{ path: 'token', message: 'is unknown, expired or already used: ask for another letter' }])

export const lettersUnavailable = (): DomainError =>
  new DomainError('PROVIDER_UNAVAILABLE', 'Letters cannot be sent at the moment.')
