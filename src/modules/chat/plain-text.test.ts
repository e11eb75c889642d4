import { describe, expect, it } from 'vitest'
import { plainText } from './plain-text.js'

describe('the plain text of a message', () => {
  it.each([
    ['markup', '<b onclick="x()">&amp; 1 < 2</b>', '<b onclick="x()">&amp; 1 < 2</b>'],
    ['tabs and lines', 'a\tb\nc', 'a\tb\nc'],
    ['joined emoji and flags', '👩‍👩‍👧 🇷🇺 ❤️', '👩‍👩‍👧 🇷🇺 ❤️'],
    ['marks of direction', 'שלום\u200f!', 'שלום\u200f!'],
  ])('keeps %s', (_what, raw, kept) => {
    expect(plainText(raw)).toBe(kept)
  })

  it.each([
    ['controls', 'a\u0000b\u0007c\u001b[31md\u007f\u009be', 'abc[31mde'],
    ['what turns text around', 'file\u202egpj.exe\u2066!\u2069', 'filegpj.exe!'],
  ])('leaves out %s', (_what, raw, kept) => {
    expect(plainText(raw)).toBe(kept)
  })

  it('knows one kind of line break', () => {
    expect(plainText('a\r\nb\rc\u2028d')).toBe('a\nb\nc\nd')
  })

  it.each(['', '   ', '\u0001\u0002', '\u200b\u200d', '\ufeff', '\u3164', ' \u202e '])(
    'is empty when nothing of %j can be seen',
    (raw) => {
      expect(plainText(raw)).toBe('')
    },
  )
})
