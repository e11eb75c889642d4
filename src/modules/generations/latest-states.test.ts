import { describe, expect, test } from 'vitest'
import { endable, Waiting } from '../../platform/events/endable.js'
import { latestStates } from './latest-states.js'

const all = async <Value>(iterator: AsyncIterableIterator<Value>) => {
  const values: Value[] = []
  for await (const value of iterator) values.push(value)
  return values
}

async function* ticks(count: number) {
  for (let tick = 0; tick < count; tick++) yield tick
}

const follow = (first: number, later: readonly (number | null)[], signals = later.length) => {
  const reads = [...later]
  return latestStates({
    signals: ticks(signals),
    first,
    read: async () => reads.shift() ?? null,
    isLast: (state) => state === 9,
  })
}

describe('the states of a thing', () => {
  test.each([
    ['begin with the current one', 0, [], [0]],
    ['follow each signal', 0, [1, 2], [0, 1, 2]],
    ['are not repeated when nothing changed', 0, [0, 1, 1, 2], [0, 1, 2]],
    ['end after the last one', 0, [9, 1], [0, 9]],
    ['end at once when the current one is the last', 9, [1], [9]],
    ['end when there is nothing to see any more', 0, [1, null, 2], [0, 1]],
  ] as const)('%s', async (_fact, first, later, shown) => {
    expect(await all(follow(first, later))).toEqual(shown)
  })

  test('can be left while nothing happens', async () => {
    let isLeft = false
    const quiet = endable<number>({
      take: () => {
        let cancel = () => {}
        const until = new Promise<void>((resolve) => {
          cancel = resolve
        })
        return new Waiting(until, cancel)
      },
      onEnd: () => {
        isLeft = true
      },
    })
    const states = latestStates({ signals: quiet, first: 0, read: async () => 0, isLast: () => false })
    await states.next()
    const waiting = states.next()
    await states.return?.()
    expect(await waiting).toEqual({ value: undefined, done: true })
    expect(isLeft).toBe(true)
  })
})
