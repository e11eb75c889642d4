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

/** Every stored event after `start`, once and in order, then live. Holds at most one batch in memory. */
export function followEvents(
  feed: StreamFeed,
  start: bigint,
  readAfter: (number: bigint) => Promise<FeedEvent[]>,
  onEnd: () => void,
): AsyncIterableIterator<FeedEvent> {
  let last = start
  let batch: FeedEvent[] = []
  return endable<FeedEvent>(async (ended, waiting) => {
    while (!ended()) {
      const next = batch.shift() ?? feed.find(last + 1n)
      if (next) {
        // Numbers are contiguous, so a hole means that the oldest events are gone.
        if (next.number !== last + 1n)
          throw new DomainError(
            'CURSOR_EXPIRED',
            'Events after this cursor are no longer kept. Load anew and follow from there.',
          )
        last = next.number
        return next
      }
      if (feed.head > last) {
        batch = await readAfter(last)
        if (batch.length > 0) continue
        throw new DomainError(
          'CURSOR_EXPIRED',
          'Events after this cursor are no longer kept. Load anew and follow from there.',
        )
      }
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
