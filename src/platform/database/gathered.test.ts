import { expect, it, vi } from 'vitest'
import { gathered } from './gathered.js'

it('reads what is asked at once together, the same key once', async () => {
  const read = vi.fn(async (keys: readonly string[]) => new Map(keys.map((key) => [key, key.toUpperCase()])))
  const ask = gathered(read)
  expect(await Promise.all([ask('a'), ask('b'), ask('a')])).toEqual(['A', 'B', 'A'])
  expect(read.mock.calls).toEqual([[['a', 'b']]])
})

it('never answers with a read that began before the question', async () => {
  let stored = 1
  let begun = () => {}
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve
  })
  const ask = gathered(async (keys) => {
    const seen = stored
    begun()
    await new Promise(setImmediate)
    return new Map(keys.map((key) => [key, seen]))
  })
  const first = ask('a')
  await hasBegun
  stored = 2
  expect([await ask('a'), await first]).toEqual([2, 1])
})

it('reads one batch after another, none larger than allowed', async () => {
  let atOnce = 0
  const sizes: number[] = []
  const ask = gathered(async (keys) => {
    expect(++atOnce).toBe(1)
    sizes.push(keys.length)
    await new Promise(setImmediate)
    atOnce--
    return new Map(keys.map((key) => [key, true]))
  }, 2)
  await Promise.all(['a', 'b', 'c', 'd', 'e'].map(ask))
  expect(sizes).toEqual([2, 2, 1])
})

it('fails those whose read failed, and reads again for the next', async () => {
  const read = vi.fn(async () => new Map([['a', 1]])).mockRejectedValueOnce(new Error('lost'))
  const ask = gathered(read)
  await expect(Promise.all([ask('a'), ask('b')])).rejects.toThrow('lost')
  expect([await ask('a'), await ask('b')]).toEqual([1, undefined])
})
