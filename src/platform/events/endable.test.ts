import { expect, it, vi } from 'vitest'
import { endable, Waiting } from './endable.js'

const over = { value: undefined, done: true }

/** Hands over the values, then waits for nothing. */
function numbers(values: number[], check?: (value: number) => boolean | Promise<boolean>) {
  const onEnd = vi.fn()
  const take = () => {
    const value = values.shift()
    if (value !== undefined) return value
    let cancel = () => {}
    const until = new Promise<void>((resolve) => {
      cancel = resolve
    })
    return new Waiting(until, cancel)
  }
  return { iterator: endable<number>({ take, onEnd, ...(check && { check }) }), onEnd }
}

it('ends at once when it is returned while it waits', async () => {
  const { iterator, onEnd } = numbers([])
  const next = iterator.next()
  await iterator.return?.()
  expect(await next).toEqual(over)
  expect(onEnd).toHaveBeenCalledOnce()
})

it.each([
  ['at once', (value: number) => value % 2 === 0],
  ['later', async (value: number) => value % 2 === 0],
])('leaves out what the check refuses %s', async (_, check) => {
  const { iterator } = numbers([1, 2, 3, 4], check)
  expect([(await iterator.next()).value, (await iterator.next()).value]).toEqual([2, 4])
})

it('ends with what the check throws, and hands nothing over', async () => {
  const { iterator, onEnd } = numbers([1, 2], async () => {
    throw new Error('NOT_FOUND')
  })
  await expect(iterator.next()).rejects.toThrow('NOT_FOUND')
  expect(onEnd).toHaveBeenCalledOnce()
  expect(await iterator.next()).toEqual(over)
})

it('hands over nothing that is checked when it is returned', async () => {
  let answer = (_: boolean) => {}
  const { iterator } = numbers([1], () => new Promise((resolve) => (answer = resolve)))
  const next = iterator.next()
  await iterator.return?.()
  answer(true)
  expect(await next).toEqual(over)
})

it('ends after the last value', async () => {
  const onEnd = vi.fn()
  const values = [1]
  const iterator = endable<number>({ take: () => values.shift() ?? null, onEnd })
  expect([await iterator.next(), await iterator.next()]).toEqual([{ value: 1, done: false }, over])
  expect(onEnd).toHaveBeenCalledOnce()
})
