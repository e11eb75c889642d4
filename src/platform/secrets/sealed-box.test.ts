import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { SealedBox } from './sealed-box.js'

const first = randomBytes(32)
const second = randomBytes(32)
const old = new SealedBox(new Map([[1, first]]))
const rotated = new SealedBox(
  new Map([
    [1, first],
    [2, second],
  ]),
)

it('opens what it sealed, also under an older key, and never twice alike', () => {
  const box = old.seal('totp:anna', 'секрет')
  expect(old.open('totp:anna', box)).toBe('секрет')
  expect(rotated.open('totp:anna', box)).toBe('секрет')
  expect(rotated.seal('totp:anna', 'секрет')[0]).toBe(2)
  expect(old.seal('totp:anna', 'секрет')).not.toEqual(box)
})

it('does not open what was altered, moved to another row or sealed with a key it lacks', () => {
  const box = rotated.seal('totp:anna', 'секрет')
  for (const at of [1, 13, box.length - 1]) {
    const altered = Uint8Array.from(box)
    altered[at] = (altered[at] ?? 0) ^ 1
    expect(() => rotated.open('totp:anna', altered)).toThrow()
  }
  expect(() => rotated.open('totp:boris', box)).toThrow()
  expect(() => old.open('totp:anna', box)).toThrow('key 2')
  expect(() => rotated.open('totp:anna', box.subarray(0, 20))).toThrow()
})
