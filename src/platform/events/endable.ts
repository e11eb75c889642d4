/** Nothing to hand over yet: ask again when `until` is settled, or when `cancel` was called, which settles it. */
export class Waiting {
  constructor(
    readonly until: Promise<unknown>,
    readonly cancel: () => void = () => {},
  ) {}
}

export interface Endable<Value> {
  /** The next value, what to wait for before there may be one, or null after the last. What it throws ends the iterator. */
  readonly take: () => Value | Waiting | null
  /** Whether a value is handed over or left out. What it throws ends the iterator instead of handing the value over. */
  readonly check?: (value: Value) => boolean | Promise<boolean>
  readonly onEnd: () => void
}

/**
 * An async iterator that `return()` ends at once, even while `next()` waits: an async generator could not, and a client that
 * unsubscribes would leave it hanging on a quiet stream.
 */
export function endable<Value>({ take, check, onEnd }: Endable<Value>): AsyncIterableIterator<Value> {
  let isOver = false
  let cancelWait = () => {}
  const done = { value: undefined, done: true } as const
  const end = () => {
    if (isOver) return done
    isOver = true
    cancelWait()
    onEnd()
    return done
  }
  return {
    [Symbol.asyncIterator]() {
      return this
    },
    async next() {
      try {
        while (!isOver) {
          const value = take()
          if (value === null) return end()
          if (value instanceof Waiting) {
            cancelWait = value.cancel
            await value.until
            continue
          }
          const verdict = check?.(value) ?? true
          const isHeard = typeof verdict === 'boolean' ? verdict : await verdict
          if (isHeard && !isOver) return { value, done: false }
        }
        return done
      } catch (error) {
        end()
        throw error
      }
    },
    async return() {
      return end()
    },
    async throw(error) {
      end()
      throw error
    },
  }
}
