/**
 * The same events, each looked at before it is handed over: `check` says whether it is to be delivered or left out, and what it
 * throws ends the iterator with that error.
 */
export function checkedEvents<Event>(
  events: AsyncIterableIterator<Event>,
  check: (event: Event) => Promise<boolean>,
): AsyncIterableIterator<Event> {
  const end = async () => {
    await events.return?.()
  }
  return {
    [Symbol.asyncIterator]() {
      return this
    },
    async next() {
      try {
        for (;;) {
          const next = await events.next()
          if (next.done || (await check(next.value))) return next
        }
      } catch (error) {
        await end()
        throw error
      }
    },
    async return() {
      await end()
      return { value: undefined, done: true }
    },
  }
}
