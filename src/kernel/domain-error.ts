/** Every code a client can meet in `extensions.code`. */
export const ErrorCode = {
  UNAUTHENTICATED: 'UNAUTHENTICATED',
  FORBIDDEN: 'FORBIDDEN',
  NOT_FOUND: 'NOT_FOUND',
  BAD_USER_INPUT: 'BAD_USER_INPUT',
  CONFLICT: 'CONFLICT',
  INVALID_TRANSITION: 'INVALID_TRANSITION',
  IDEMPOTENCY_CONFLICT: 'IDEMPOTENCY_CONFLICT',
  QUOTA_EXCEEDED: 'QUOTA_EXCEEDED',
  INSUFFICIENT_FUNDS: 'INSUFFICIENT_FUNDS',
  PAYMENT_FAILED: 'PAYMENT_FAILED',
  RATE_LIMITED: 'RATE_LIMITED',
  PROVIDER_UNAVAILABLE: 'PROVIDER_UNAVAILABLE',
  QUERY_TOO_COMPLEX: 'QUERY_TOO_COMPLEX',
  CURSOR_EXPIRED: 'CURSOR_EXPIRED',
  INTERNAL_SERVER_ERROR: 'INTERNAL_SERVER_ERROR',
} as const

export type ErrorCode = (typeof ErrorCode)[keyof typeof ErrorCode]

/** One wrong field: `path` is where it stands in the operation's arguments ("input.lines.0.quantity"). */
export interface WrongField {
  readonly path: string
  readonly message: string
}

export interface DomainErrorDetails {
  readonly fields?: readonly WrongField[]
  /** Seconds until a retry makes sense. */
  readonly retryAfter?: number
  readonly cause?: unknown
}

/** A failure the caller may know about: its message and code are shown as they are. */
export class DomainError extends Error {
  override readonly name = 'DomainError'
  readonly fields: readonly WrongField[] | undefined
  readonly retryAfter: number | undefined

  constructor(
    readonly code: ErrorCode,
    message: string,
    details: DomainErrorDetails = {},
  ) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.fields = details.fields
    this.retryAfter = details.retryAfter
  }
}

/** The same for what does not exist and for what the viewer may not see. */
export const notFound = (what: string): DomainError =>
  new DomainError('NOT_FOUND', `There is no such ${what}, or it is not yours to see.`)

export const inputError = (fields: readonly WrongField[]): DomainError =>
  new DomainError('BAD_USER_INPUT', fields.map(({ path, message }) => `${path}: ${message}`).join('; '), { fields })

export const unauthenticated = (): DomainError => new DomainError('UNAUTHENTICATED', 'Sign in first.')

export const forbidden = (message = 'Your account may not do this.'): DomainError =>
  new DomainError('FORBIDDEN', message)
