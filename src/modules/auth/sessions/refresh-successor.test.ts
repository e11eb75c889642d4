import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { newId } from '../../../kernel/ids.js'
import { newSecret } from '../../../platform/secrets/one-time-secret.js'
import { successorOf } from './refresh-successor.js'

it('a refresh token has one successor, which takes the token, the row and the key to find', () => {
  const [token, id, key] = [newSecret(), newId(), randomBytes(32)]
  const successor = successorOf(token, id, key)
  expect(successorOf(token, id, key)).toBe(successor)
  expect(successor).toMatch(/^[\w-]{43}$/)
  const others = [
    successorOf(newSecret(), id, key),
    successorOf(token, newId(), key),
    successorOf(token, id, randomBytes(32)),
  ]
  expect(new Set([successor, ...others]).size).toBe(4)
})
