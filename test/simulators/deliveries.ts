import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { SeededRandom } from './seeded-random.js'

/** An event as it was when it happened: a delivery that comes late tells an old story. */
export interface Webhook {
  readonly id: string
  readonly type: string
  readonly body: string
}

export interface DeliveryOrder {
  /** How many times each is sent, at once. */
  readonly copies?: number
  readonly order?: 'as made' | 'reversed' | 'shuffled'
  /** All that wait unless told. */
  readonly only?: (webhook: Webhook) => boolean
}

/** How webhooks behave when nobody tells them. */
export interface DeliveryHabits {
  /** Sent at most this many times each, by chance. */
  readonly copies: number
  /** Sent at most this much later, by chance, and so out of order. */
  readonly delayMs: number
  /** The part that never arrives, from 0 to 1. */
  readonly loss: number
}

const LIMIT_MS = 10_000
const TRIES = 6

/** The webhooks of a provider that a test plays. They wait until they are told to go, unless `habits` are set. */
export class Deliveries {
  /** Where they go; known only once the server under test listens. */
  url: string | null = null
  habits: DeliveryHabits | null = null
  readonly waiting: Webhook[] = []
  /** What was told to go, also when it did not arrive. */
  readonly gone: Webhook[] = []
  private readonly closing = new AbortController()
  private readonly underWay = new Set<Promise<unknown>>()

  constructor(
    private readonly random: SeededRandom,
    /** The headers that prove it, made anew for every sending. */
    private readonly prove: (body: string) => Readonly<Record<string, string>>,
  ) {
    // Every delivery that waits listens for the end.
    setMaxListeners(0, this.closing.signal)
  }

  add(webhook: Webhook): void {
    if (!this.habits || this.url === null) return void this.waiting.push(webhook)
    this.gone.push(webhook)
    const { copies, delayMs, loss } = this.habits
    if (this.random.next() < loss) return
    for (let copy = this.random.below(copies); copy >= 0; copy--)
      this.follow(this.insist(webhook, this.random.below(delayMs + 1)))
  }

  /** Sends what waits. @returns what the server answered, in the order of sending; 0 where nothing came back */
  deliver({ copies = 1, order = 'as made', only = () => true }: DeliveryOrder = {}): Promise<number[]> {
    const going = this.waiting.filter(only)
    this.waiting.splice(0, this.waiting.length, ...this.waiting.filter((webhook) => !going.includes(webhook)))
    this.gone.push(...going)
    return this.send(this.arranged(going, order), copies)
  }

  /** Sends once more what has gone before, as it was then. */
  deliverAgain({ copies = 1, order = 'as made', only = () => true }: DeliveryOrder = {}): Promise<number[]> {
    return this.send(this.arranged(this.gone.filter(only), order), copies)
  }

  /** What waits never arrives. */
  lose(only: (webhook: Webhook) => boolean = () => true): void {
    this.waiting.splice(0, this.waiting.length, ...this.waiting.filter((webhook) => !only(webhook)))
  }

  /** Nothing that habits have sent is under way any more. */
  async arrived(): Promise<void> {
    while (this.underWay.size > 0) await Promise.allSettled(this.underWay)
  }

  async close(): Promise<void> {
    this.closing.abort()
    await this.arrived()
  }

  private arranged(webhooks: readonly Webhook[], order: DeliveryOrder['order']): Webhook[] {
    if (order === 'shuffled') return this.random.shuffled(webhooks)
    return order === 'reversed' ? webhooks.toReversed() : [...webhooks]
  }

  private async send(webhooks: readonly Webhook[], copies: number): Promise<number[]> {
    const answers: number[] = []
    for (const webhook of webhooks)
      answers.push(...(await Promise.all(Array.from({ length: copies }, () => this.post(webhook)))))
    return answers
  }

  private async post({ body }: Webhook): Promise<number> {
    const signal = AbortSignal.any([this.closing.signal, AbortSignal.timeout(LIMIT_MS)])
    const headers = { 'content-type': 'application/json', ...this.prove(body) }
    try {
      const response = await fetch(this.url ?? '', { method: 'POST', headers, body, signal })
      await response.arrayBuffer()
      return response.status
    } catch {
      return 0
    }
  }

  /** As a provider does: again, with growing pauses, until it is taken. */
  private async insist(webhook: Webhook, delayMs: number): Promise<void> {
    const { signal } = this.closing
    for (let attempt = 0; attempt < TRIES && !signal.aborted; attempt++) {
      await sleep(delayMs + (attempt && 100 * 2 ** attempt), undefined, { signal }).catch(() => undefined)
      if ((await this.post(webhook)) === 200) return
    }
  }

  private follow(work: Promise<unknown>): void {
    this.underWay.add(work)
    work.then(
      () => this.underWay.delete(work),
      () => this.underWay.delete(work),
    )
  }
}
