import type { ExecutionResult } from 'graphql'
import type { SocketSessions } from './socket-sessions.js'

/**
 * The same results, none of which is handed over once the socket's sessions are over: one that was made under rights that are
 * gone by now, or failed for their lack, ends the stream in silence, since the socket says why it closes.
 */
export function heardResults(
  source: AsyncIterableIterator<ExecutionResult>,
  sessions: Pick<SocketSessions, 'mayHear'>,
): AsyncIterableIterator<ExecutionResult> {
  const end = async (): Promise<IteratorResult<ExecutionResult>> => {
    await source.return?.()
    return { value: undefined, done: true }
  }
  return {
    [Symbol.asyncIterator]() {
      return this
    },
    async next() {
      try {
        const next = await source.next()
        return next.done || (await sessions.mayHear()) ? next : await end()
      } catch (error) {
        if (await sessions.mayHear()) throw error
        return end()
      }
    },
    return: end,
  }
}
