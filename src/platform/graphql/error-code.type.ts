import { GraphQLEnumType } from 'graphql'
import { ErrorCode } from '../../kernel/domain-error.js'

const descriptions: { readonly [Code in ErrorCode]: string } = {
  UNAUTHENTICATED: 'No token, or one that is invalid, expired or of an ended session. Sign in or refresh.',
  FORBIDDEN: 'Signed in, but this account may not call this operation. Repeating will not help.',
  NOT_FOUND: 'There is no such thing, or the caller may not see it; the two are not told apart.',
  BAD_USER_INPUT: 'The request is wrong. `extensions.fields` lists every wrong field as { path, message }.',
  CONFLICT: 'It collides with what is already there: a taken e-mail, a second review, a changed price.',
  INVALID_TRANSITION: 'The thing is not in a state that allows this step.',
  IDEMPOTENCY_CONFLICT: 'The idempotency key was used before with another input.',
  QUOTA_EXCEEDED: 'The plan has no generations left in this period.',
  INSUFFICIENT_FUNDS: 'The balance is lower than the amount.',
  PAYMENT_FAILED: 'The payment provider refused; start a new attempt.',
  RATE_LIMITED: 'Too many calls. `extensions.retryAfter` says in how many seconds to try again.',
  PROVIDER_UNAVAILABLE: 'An outside service does not answer or is not configured. Try again later.',
  QUERY_TOO_COMPLEX: 'The document asks for too much at once: depth, aliases, repeated fields or cost.',
  CURSOR_EXPIRED: 'Events after this cursor are no longer kept (30 days). Load anew and follow from there.',
  INTERNAL_SERVER_ERROR: 'A fault of the server. `extensions.requestId` finds it in the logs.',
}

/** `ErrorCode` as a GraphQL type: no field returns it, it documents `extensions.code`. */
export const errorCodeType = new GraphQLEnumType({
  name: 'ErrorCode',
  description: 'What `extensions.code` of an error can be.',
  values: Object.fromEntries(
    Object.values(ErrorCode).map((code) => [code, { value: code, description: descriptions[code] }]),
  ),
})
