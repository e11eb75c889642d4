import type { Answer } from '../simulator-server.js'

type Kind = 'invalid_request_error' | 'card_error' | 'idempotency_error' | 'api_error'

interface Details {
  readonly code?: string
  readonly param?: string
  readonly decline_code?: string
  readonly payment_intent?: object
}

/** A refusal in Stripe's words. */
export class StripeProblem extends Error {
  override readonly name = 'StripeProblem'

  constructor(
    readonly status: number,
    readonly kind: Kind,
    message: string,
    readonly details: Details = {},
    /** False before an endpoint has begun its work: such an answer is not kept under the idempotency key. */
    readonly isKept = true,
  ) {
    super(message)
  }

  get answer(): Answer {
    const error = { type: this.kind, message: this.message, ...structuredClone(this.details) }
    return { status: this.status, body: { error } }
  }
}

export const invalid = (message: string, details: Details = {}): StripeProblem =>
  new StripeProblem(400, 'invalid_request_error', message, details, false)

/** Of an object that is not where the request needs it. */
export const conflict = (message: string, code?: string): StripeProblem =>
  new StripeProblem(400, 'invalid_request_error', message, code === undefined ? {} : { code })

export const missing = (kind: string, id: string): StripeProblem =>
  new StripeProblem(404, 'invalid_request_error', `No such ${kind}: '${id}'`, { code: 'resource_missing', param: 'id' })

export const trouble = (status: 429 | 500): Answer =>
  (status === 429
    ? new StripeProblem(429, 'invalid_request_error', 'Request rate limit exceeded.', { code: 'rate_limit' })
    : new StripeProblem(500, 'api_error', 'An unknown error occurred')
  ).answer
