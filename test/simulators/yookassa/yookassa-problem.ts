import type { Answer } from '../simulator-server.js'

/** A refusal in YooKassa's words. */
export class YooKassaProblem extends Error {
  override readonly name = 'YooKassaProblem'

  constructor(
    readonly status: number,
    readonly code: string,
    description: string,
    readonly parameter?: string,
  ) {
    super(description)
  }

  get answer(): Answer {
    const { status, code, message: description, parameter } = this
    return { status, body: { type: 'error', id: 'simulated', code, description, parameter } }
  }
}

export const invalid = (description: string, parameter?: string): YooKassaProblem =>
  new YooKassaProblem(400, 'invalid_request', description, parameter)

export const missing = (kind: string, id: string): YooKassaProblem =>
  new YooKassaProblem(404, 'not_found', `${kind} ${id} doesn't exist or access denied`)

export const trouble = (status: 429 | 500): Answer =>
  (status === 429
    ? new YooKassaProblem(429, 'too_many_requests', 'Too many requests')
    : new YooKassaProblem(500, 'internal_server_error', 'Internal server error')
  ).answer
