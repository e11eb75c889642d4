import { DomainError } from '../../kernel/domain-error.js'
import type { FeedEvent, StreamFeed } from './stream-feed.js'

/**
 * An async iterator that `return()` ends at once, even while `next()` waits: an async generator could not, and a client that
 * unsubscribes would leave it hanging on a quiet stream.
 */
export function endable<Value>(
  pull: (ended: () => boolean, waiting: (cancel: () => void) => void) => Promise<Value | null>,
  onEnd: () => void,
): AsyncIterableIterator<Value> {
  let isOver = false
  let cancelWait = () => {}
  const end = () => {
    if (isOver) return
    isOver = true
    cancelWait()
    onEnd()
  }
  const done = { value: undefined, done: true } as const
  return {
    [Symbol.asyncIterator]() {
      return this
    },
    async next() {
      if (isOver) return done
      try {
        const value = await pull(
          () => isOver,
          (cancel) => {
            cancelWait = cancel
          },
        )
        if (value !== null && !isOver) return { value, done: false }
      } catch (error) {
        end()
        throw error
      }
      end()
      return done
    },
    async return() {
      end()
      return done
    },
    async throw(error) {
      end()
      throw error
    },
  }
}

const expired = () =>
  new DomainError('CURSOR_EXPIRED', 'There is no following on from this cursor. Load anew and follow from there.')

export interface Following {
  readonly feed: StreamFeed
  /** The number of the last event that the follower has. */
  readonly start: bigint
  /** Stored events among which the one after `number` is, when it is kept. */
  readonly pageAfter: (number: bigint) => Promise<readonly FeedEvent[]>
  readonly onEvent: (event: FeedEvent) => void
  readonly onEnd: () => void
}

/**
 * Every stored event after `start`, once and in order, then live. Numbers are contiguous, so one that is missing is no longer kept; and a
 * start beyond the head is of another past, as when an older copy of the database was restored. Either throws CURSOR_EXPIRED.
 */
export function followEvents({ feed, start, pageAfter, onEvent, onEnd }: Following): AsyncIterableIterator<FeedEvent> {
  let last = start
  let page: readonly FeedEvent[] = []
  let position = 0
  return endable<FeedEvent>(async (ended, waiting) => {
    while (!ended()) {
      if (feed.head < last) throw expired()
      if (feed.head > last) {
        if (page[position]?.number !== last + 1n) {
          const heard = feed.find(last + 1n)
          page = heard ? [heard] : await pageAfter(last)
          position = page.findIndex(({ number }) => number === last + 1n)
          // What was waiting for the page may be over.
          if (ended()) return null
        }
        const next = page[position++]
        if (!next) throw expired()
        last = next.number
        onEvent(next)
        return next
      }
      page = []
      const { woken, cancel } = feed.wait()
      waiting(cancel)
      await woken
    }
    return null
  }, onEnd)
}

/** Once for every time the stream moved since it was last asked; moves in between are one. */
export function followSignals(feed: StreamFeed, onEnd: () => void): AsyncIterableIterator<bigint> {
  let seen = feed.head
  return endable<bigint>(async (ended, waiting) => {
    while (!ended()) {
      if (feed.head > seen) {
        seen = feed.head
        return seen
      }
      const { woken, cancel } = feed.wait()
      waiting(cancel)
      await woken
    }
    return null
  }, onEnd)
}
