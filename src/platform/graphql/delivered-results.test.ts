import type { ExecutionResult } from 'graphql'
import { expect, it, vi } from 'vitest'
import { deliveredResults } from './delivered-results.js'

function results(...steps: (ExecutionResult | Error)[]) {
  const end = vi.fn(async () => ({ value: undefined, done: true as const }))
  const source: AsyncIterableIterator<ExecutionResult> = {
    [Symbol.asyncIterator]() {
      return this
    },
    async next() {
      const step = steps.shift()
      if (step instanceof Error) throw step
      return step ? { value: step, done: false } : { value: undefined, done: true }
    },
    return: end,
  }
  return { source, end }
}

const secret = { data: { secret: 1 } }
const over = { value: undefined, done: true }

it('hands over what may be heard, failures among it', async () => {
  const { source } = results(secret, new Error('CURSOR_EXPIRED'))
  const heard = deliveredResults(source, { mayHear: () => true }, 'field')
  expect(await heard.next()).toEqual({ value: secret, done: false })
  await expect(heard.next()).rejects.toThrow('CURSOR_EXPIRED')
  expect(await heard.next()).toEqual(over)
})

it.each([
  ['result', secret],
  ['failure', new Error('NOT_FOUND')],
])('drops a %s that came too late, and ends its source', async (_, late) => {
  const { source, end } = results(late, secret)
  const heard = deliveredResults(source, { mayHear: async () => false }, 'field')
  expect(await heard.next()).toEqual(over)
  expect(end).toHaveBeenCalledOnce()
})

it('waits with a result for the answer', async () => {
  let answer = (_: boolean) => {}
  const mayHear = () =>
    new Promise<boolean>((resolve) => {
      answer = resolve
    })
  const handedOver = vi.fn()
  const asked = deliveredResults(results(secret).source, { mayHear }, 'field').next().then(handedOver)
  await new Promise(setImmediate)
  expect(handedOver).not.toHaveBeenCalled()
  answer(true)
  await asked
  expect(handedOver).toHaveBeenCalledWith({ value: secret, done: false })
})
