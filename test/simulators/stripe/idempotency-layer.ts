import type { Clock } from '../../../src/kernel/clock.js'
import type { Answer, Call } from '../simulator-server.js'
import { StripeProblem, trouble } from './stripe-problem.js'

/** How long Stripe keeps answers at least. Afterwards a key is as good as new. */
const KEPT_MS = 24 * 60 * 60 * 1_000

interface Kept {
  readonly request: string
  readonly body: string
  readonly at: number
  /** Null while the first call is under way. */
  answer: Answer | null
}

/** Stripe's `Idempotency-Key`: the first answer to a key is everybody's, whatever its status. */
export class IdempotencyLayer {
  private readonly kept = new Map<string, Kept>()

  constructor(private readonly clock: Clock) {}

  /** @throws StripeProblem for a key that was used for something else, and for one that is in use */
  run({ method, url, headers, body, fault }: Call, work: () => Answer): Answer {
    const key = headers['idempotency-key']
    if (typeof key !== 'string' || method !== 'POST') return work()
    const now = this.clock.now().getTime()
    const request = `${method} ${url.pathname}`
    const before = this.kept.get(key)
    if (before && before.at > now - KEPT_MS) return replay(before, request, body)
    const entry: Kept = { request, body, at: now, answer: null }
    this.kept.set(key, entry)
    const answer = this.carryOut(key, work)
    const final = fault === 'error-kept' ? trouble(500) : answer
    const sent = () => {
      entry.answer = final
    }
    return { ...final, headers: { 'idempotency-key': key }, sent }
  }

  private carryOut(key: string, work: () => Answer): Answer {
    try {
      return work()
    } catch (error) {
      if (error instanceof StripeProblem && error.isKept) return error.answer
      this.kept.delete(key)
      throw error
    }
  }
}

function replay(before: Kept, request: string, body: string): Answer {
  if (before.request !== request)
    throw misuse(400, `Keys for idempotent requests can only be used for the same endpoint they were first used for.`)
  if (before.body !== body)
    throw misuse(
      400,
      'Keys for idempotent requests can only be used with the same parameters they were first used with.',
    )
  if (before.answer === null)
    throw misuse(409, 'There is currently another in-progress request using this key.', 'idempotency_key_in_use')
  return { ...before.answer, headers: { 'idempotent-replayed': 'true' } }
}

const misuse = (status: number, message: string, code?: string): StripeProblem =>
  new StripeProblem(status, 'idempotency_error', message, code === undefined ? {} : { code }, false)
