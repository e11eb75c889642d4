import type { ExecutionResult } from 'graphql'
import { eventsDeliveredTotal, subscriptionsActive } from '../observability/metrics.js'
import type { SocketSessions } from './socket-sessions.js'

/**
 * The results of a subscription to `field` as they go out through a socket, counted in the metrics. None is handed over once the socket's
 * sessions are over: one that was made under rights that are gone by now, or failed for their lack, ends the stream in silence, since the
 * socket says why it closes.
 */
export function deliveredResults(
  source: AsyncIterableIterator<ExecutionResult>,
  sessions: Pick<SocketSessions, 'mayHear'>,
  field: string,
): AsyncIterableIterator<ExecutionResult> {
  const active = subscriptionsActive.labels({ field })
  const delivered = eventsDeliveredTotal.labels({ field })
  active.inc()
  let isOpen = true
  const end = () => {
    if (isOpen) active.dec()
    isOpen = false
    return { value: undefined, done: true } as const
  }
  const leave = async () => {
    end()
    await source.return?.()
    return end()
  }
  return {
    [Symbol.asyncIterator]() {
      return this
    },
    async next() {
      try {
        const next = await source.next()
        if (next.done) return end()
        const verdict = sessions.mayHear()
        if (verdict !== true && !(await verdict)) return await leave()
        delivered.inc()
        return next
      } catch (error) {
        if (!(await sessions.mayHear())) return await leave()
        end()
        throw error
      }
    },
    return: leave,
    async throw(error) {
      await leave()
      throw error
    },
  }
}
