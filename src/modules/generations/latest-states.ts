import { endable, Waiting } from '../../platform/events/endable.js'

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
  let state: State | null = first
  let isNew = true
  const change = async () => {
    const before = JSON.stringify(state)
    while (!isNew) {
      state = (await signals.next()).done ? null : await read()
      isNew = state === null || JSON.stringify(state) !== before
    }
  }
  const take = () => {
    if (!isNew) return state !== null && isLast(state) ? null : new Waiting(change())
    isNew = false
    return state
  }
  return endable<State>({ take, onEnd: () => void signals.return?.() })
}
