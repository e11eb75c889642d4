import { setImmediate as nextTurn } from 'node:timers/promises'
import { Waiting } from './endable.js'
import type { Announcement } from './event-bus.js'

export interface FeedEvent {
  readonly number: bigint
  readonly subjectId: string
  /** Milliseconds since 1970. */
  readonly occurredAt: number
}

const KEPT = 100
/** So many followers have their event before the next are woken; in between the process answers others. */
const WOKEN_AT_ONCE = 100

/** What one process knows of one stream that somebody here follows. All its followers share it, and the events themselves. */
export class StreamFeed {
  /** The highest number heard of. */
  head = 0n
  private readonly recent = new Map<bigint, FeedEvent>()
  private readonly sleepers = new Set<() => void>()

  hear({ number, subjectId, occurredAt }: Announcement): void {
    const at = BigInt(number)
    if (subjectId !== null && !this.recent.has(at)) this.remember({ number: at, subjectId, occurredAt })
    this.advance(at)
  }

  advance(number: bigint): void {
    if (number <= this.head) return
    this.head = number
    void this.wakeSleepers()
  }

  /** The event, when it was heard of lately; otherwise the database has it. */
  find(number: bigint): FeedEvent | undefined {
    return this.recent.get(number)
  }

  /** Until the next advance. */
  wait(): Waiting {
    let wake = () => {}
    const woken = new Promise<void>((resolve) => {
      wake = resolve
    })
    this.sleepers.add(wake)
    return new Waiting(woken, () => {
      this.sleepers.delete(wake)
      wake()
    })
  }

  private async wakeSleepers(): Promise<void> {
    const sleepers = [...this.sleepers]
    this.sleepers.clear()
    for (let index = 0; index < sleepers.length; index += WOKEN_AT_ONCE) {
      if (index > 0) await nextTurn()
      for (const wake of sleepers.slice(index, index + WOKEN_AT_ONCE)) wake()
    }
  }

  private remember(event: FeedEvent): void {
    this.recent.set(event.number, event)
    if (this.recent.size <= KEPT) return
    for (const oldest of this.recent.keys()) {
      this.recent.delete(oldest)
      return
    }
  }
}
