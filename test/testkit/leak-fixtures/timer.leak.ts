import { test } from 'vitest'

test('a timer is left running', () => {
  setInterval(() => {}, 1_000)
})
