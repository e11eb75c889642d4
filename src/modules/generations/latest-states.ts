import { endable } from '../../platform/events/follow.js'

export interface Follow<State> {
  /** Yields whenever there may be something new. Must have been opened before `first` was read. */
  readonly signals: AsyncIterableIterator<unknown>
  readonly first: State
  /** Null when there is nothing to see any more: the end. */
  readonly read: () => Promise<State | null>
  readonly isLast: (state: State) => boolean
}

/** A thing as it is now, then as it is after each change; ends after its last state. What did not change is not repeated. */
export function latestStates<State>({ signals, first, read, isLast }: Follow<State>): AsyncIterableIterator<State> {
  let shown: State | null = null
  const next = async (): Promise<State | null> => {
    if (shown === null) return first
    if (isLast(shown)) return null
    const before = JSON.stringify(shown)
    for (;;) {
      if ((await signals.next()).done) return null
      const state = await read()
      if (state === null || JSON.stringify(state) !== before) return state
    }
  }
  return endable(
    async () => {
      const state = await next()
      if (state !== null) shown = state
      return state
    },
    () => void signals.return?.(),
  )
}
