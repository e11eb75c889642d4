import type { ExecutionResult } from 'graphql'
import { eventsDeliveredTotal, subscriptionsActive } from '../observability/metrics.js'

/** The same stream, with its subscription and its deliveries in the metrics. */
export function counted(
  source: AsyncGenerator<ExecutionResult>,
  field: string,
): AsyncIterableIterator<ExecutionResult> {
  subscriptionsActive.inc({ field })
  let isOpen = true
  const end = () => {
    if (isOpen) subscriptionsActive.dec({ field })
    isOpen = false
  }
  return {
    [Symbol.asyncIterator]() {
      return this
    },
    async next() {
      try {
        const next = await source.next()
        if (next.done) end()
        else eventsDeliveredTotal.inc({ field })
        return next
      } catch (error) {
        end()
        throw error
      }
    },
    return() {
      end()
      return source.return(undefined)
    },
    throw(error: unknown) {
      end()
      return source.throw(error)
    },
  }
}
