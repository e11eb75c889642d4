import type { Clock } from '../../../src/kernel/clock.js'
import type { Answer, Call } from '../simulator-server.js'
import { invalid } from './yookassa-problem.js'

/** How long YooKassa knows a key. Afterwards it is as good as new. */
const KEPT_MS = 24 * 60 * 60 * 1_000

interface Kept {
  readonly request: string
  readonly at: number
  readonly answer: Answer
}

/** YooKassa's `Idempotence-Key`: what a key has brought about once, every repeat of the same request is told again. */
export class IdempotenceLayer {
  private readonly kept = new Map<string, Kept>()

  constructor(private readonly clock: Clock) {}

  /** @throws YooKassaProblem without a key, and for one that was used for another request */
  run({ url, headers, body }: Call, work: () => Answer): Answer {
    const key = headers['idempotence-key']
    if (typeof key !== 'string' || key.length === 0 || key.length > 64)
      throw invalid('Idempotence key is required, at most 64 characters', 'Idempotence-Key')
    const at = this.clock.now().getTime()
    const request = `${url.pathname}\n${body}`
    const before = this.kept.get(key)
    if (before && before.at > at - KEPT_MS) {
      if (before.request !== request) throw invalid('Idempotence key duplicated', 'Idempotence-Key')
      return before.answer
    }
    const { status, body: said } = work()
    // As it was: what becomes of the object later is not this request's answer.
    const answer = { status, body: structuredClone(said) }
    this.kept.set(key, { request, at, answer })
    return answer
  }
}
