import { expect, test } from 'vitest'
import { CursorCodec } from './cursor.js'
import { DomainError } from './domain-error.js'

const cursors = new CursorCodec(new Uint8Array(32))
const cursor = cursors.encode('orders', ['2026-03-01T12:00:00.000Z', 7])
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

test('a cursor says what it was made of, in its own list', () => {
  expect(cursors.decode('orders', cursor)).toEqual(['2026-03-01T12:00:00.000Z', 7])
})

test('a cursor of another list, or of another server, is refused by the name of its argument', () => {
  expect(() => cursors.decode('items', cursor, 'before')).toThrow('before: is not a cursor of this list or stream')
  expect(() => new CursorCodec(new Uint8Array(32).fill(1)).decode('orders', cursor)).toThrow(DomainError)
})

test('no other last character will do, not even one that decodes to the same bytes', () => {
  for (const one of ['["a"]', '["ab"]', '["abc"]'].map((value) => cursors.encode('orders', JSON.parse(value)))) {
    const accepted = [...ALPHABET].filter((last) => {
      try {
        return cursors.decode('orders', one.slice(0, -1) + last)
      } catch {
        return false
      }
    })
    expect(accepted).toEqual([one.at(-1)])
  }
})

test.for(['', 'A', `${cursor}!!`, `${cursor}=`, ` ${cursor}`, `${cursor}AAAA`, cursor.slice(1), cursor.toLowerCase()])(
  '%j is no cursor',
  (altered) => {
    expect(() => cursors.decode('orders', altered)).toThrow(DomainError)
  },
)
