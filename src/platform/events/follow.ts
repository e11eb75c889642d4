import { DomainError } from '../../kernel/domain-error.js'
import { endable, Waiting } from './endable.js'
import type { FeedEvent, StreamFeed } from './stream-feed.js'

/** Whether an event may be delivered, as things are now; what it throws ends the stream. */
export type CheckEvent = (event: FeedEvent) => boolean | Promise<boolean>

export interface Following {
  readonly feed: StreamFeed
  /** The number of the last event that the follower has. */
  readonly start: bigint
  /** Stored events among which the one after `number` is, when it is kept. */
  readonly pageAfter: (number: bigint) => Promise<readonly FeedEvent[]>
  readonly check: CheckEvent
  readonly onEvent: (event: FeedEvent) => void
  readonly onEnd: () => void
}

const expired = () =>
  new DomainError('CURSOR_EXPIRED', 'There is no following on from this cursor. Load anew and follow from there.')

/**
 * Every stored event after `start`, once and in order, then live. Numbers are contiguous, so one that is missing is no longer kept; and a
 * start beyond the head is of another past, as when an older copy of the database was restored. Either throws CURSOR_EXPIRED.
 */
export function followEvents({ feed, start, pageAfter, check, onEvent, onEnd }: Following) {
  let last = start
  let page: { readonly after: bigint; readonly events: readonly FeedEvent[] } | null = null
  const turnTo = async () => {
    const after = last
    page = { after, events: await pageAfter(after) }
  }
  const take = (): FeedEvent | Waiting => {
    if (feed.head < last) throw expired()
    if (feed.head === last) {
      page = null
      return feed.wait()
    }
    const next = feed.find(last + 1n) ?? eventIn(page?.events, last + 1n)
    if (!next && page?.after === last) throw expired()
    if (!next) return new Waiting(turnTo())
    last = next.number
    onEvent(next)
    return next
  }
  return endable<FeedEvent>({ take, check, onEnd })
}

/** The event of that number, among events without a gap. */
function eventIn(events: readonly FeedEvent[] = [], number: bigint): FeedEvent | undefined {
  const event = events[Number(number - (events[0]?.number ?? 0n))]
  return event?.number === number ? event : undefined
}

/** Once for every time the stream moved since it was last asked; moves in between are one. */
export function followSignals(feed: StreamFeed, onEnd: () => void): AsyncIterableIterator<bigint> {
  let seen = feed.head
  const take = () => {
    if (feed.head <= seen) return feed.wait()
    seen = feed.head
    return seen
  }
  return endable<bigint>({ take, onEnd })
}
