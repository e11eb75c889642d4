import {
  AuthorizationResponseError,
  ClientError,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client'
import type { IdentityProvider } from '../../../generated/prisma/enums.js'
import { DomainError } from '../../../kernel/domain-error.js'
import type { Logger } from '../../../platform/observability/logger.js'
import { isOutage } from './provider-fetch.js'

/** What somebody brought back proves nothing. The message is for the log and holds nothing of what they brought. */
export class ProviderRefusal extends Error {
  override readonly name = 'ProviderRefusal'
}

const REFUSALS = [
  ProviderRefusal,
  ClientError,
  ResponseBodyError,
  AuthorizationResponseError,
  WWWAuthenticateChallengeError,
]

/** One error for all that can be wrong with a visit: the difference would only help those who forge one. */
const invalidProviderLogin = (): DomainError =>
  new DomainError('UNAUTHENTICATED', 'This sign-in is unknown, was used, took too long or was refused. Start again.')

/**
 * What the caller is told of a failed visit; the log gets the cause, without codes, tokens and claims. Faults of ours
 * stay as they are.
 */
export function providerFailure(provider: IdentityProvider, error: unknown, log: Logger): unknown {
  const reason = reasonOf(error)
  if (isOutage(error) || isWrongClient(error)) {
    log.error({ provider, reason }, 'an identity provider cannot be used')
    return new DomainError(
      'PROVIDER_UNAVAILABLE',
      'The provider does not answer now. Try again later, or sign in otherwise.',
    )
  }
  if (!REFUSALS.some((Refusal) => error instanceof Refusal)) return error
  log.warn({ provider, reason }, 'a sign-in through a provider was refused')
  return invalidProviderLogin()
}

/** The provider does not know us: no visitor can help that. */
const isWrongClient = (error: unknown): boolean =>
  error instanceof ResponseBodyError && ['invalid_client', 'unauthorized_client'].includes(error.error)

/**
 * The messages of an error and its causes. What else hangs on them may be tokens, and what cannot be parsed is quoted.
 */
function reasonOf(error: unknown): string {
  const reasons: string[] = []
  for (let cause = error; cause instanceof Error && !(cause instanceof SyntaxError); cause = cause.cause)
    reasons.push('error' in cause ? `${cause.message}: ${String(cause.error).slice(0, 50)}` : cause.message)
  return reasons.join(' < ')
}
