import type { SeededRandom } from './seeded-random.js'

/** What may go wrong between a client and a provider. */
export type Fault =
  /** Done, but the answer is 500. */
  | 'error-applied'
  /** Not done, and the answer is 500. */
  | 'error-not-applied'
  /** Done, answered with 500, and every repeat under the same key gets that 500 again. Stripe does that. */
  | 'error-kept'
  /** Done, but the connection ends without an answer. */
  | 'dropped-applied'
  /** The connection ends before anything is done. */
  | 'dropped-not-applied'
  /** Done at once, answered `slowMs` later. */
  | 'slow'
  /** 429. */
  | 'rate-limited'

interface Planned {
  readonly fault: Fault
  readonly on: string
  left: number
}

/** The faults that requests are going to meet: those that a test plans, else those that come by chance. */
export class Faults {
  /** The part of the requests, from 0 to 1, that meet a fault by chance. */
  rate = 0
  slowMs = 300
  private planned: Planned[] = []

  constructor(
    private readonly random: SeededRandom,
    private readonly possible: readonly [Fault, ...Fault[]],
  ) {}

  /** The next requests that begin like `on`, such as `POST /v1/refunds`, meet this fault. */
  next(fault: Fault, { on = '', times = 1 }: { readonly on?: string; readonly times?: number } = {}): void {
    this.planned.push({ fault, on, left: times })
  }

  /** Nothing goes wrong from now on. */
  clear(): void {
    this.planned = []
    this.rate = 0
  }

  /** What the request `METHOD /path` meets. */
  take(request: string): Fault | null {
    const planned = this.planned.find(({ on, left }) => left > 0 && request.startsWith(on))
    if (planned) {
      planned.left -= 1
      return planned.fault
    }
    return this.rate > 0 && this.random.next() < this.rate ? this.random.pick(this.possible) : null
  }
}
