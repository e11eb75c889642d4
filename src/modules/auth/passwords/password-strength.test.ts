import { describe, expect, it } from 'vitest'
import { brokenPasswordRules } from './password-strength.js'

const SHORT = 'must be at least 8 characters long'
const LONG = 'must be at most 128 characters long'
const UPPER = 'must contain an upper-case letter'
const DIGIT = 'must contain a digit'
const COMMON = 'must not be one of the most common passwords'
const OTHER = 'must contain a character that is neither a letter nor a digit'

const cases: readonly [password: string, broken: readonly string[]][] = [
  ['Adtime-demo-1', []],
  ['Aa1!aaaa', []],
  ['Aa1!aaa', [SHORT]],
  [`Aa1!${'a'.repeat(124)}`, []],
  [`Aa1!${'a'.repeat(125)}`, [LONG]],
  ['adtime-demo-1', [UPPER]],
  ['Adtime-demo-x', [DIGIT]],
  ['Adtimedemo1', [OTHER]],
  ['', [SHORT, UPPER, DIGIT, OTHER]],
  ['password', [UPPER, DIGIT, OTHER]],
  ['12345678', [UPPER, OTHER]],
  ['a'.repeat(129), [LONG, UPPER, DIGIT, OTHER]],
  ['Пароль-123', []],
  ['пароль-123', [UPPER]],
  ['Ärger 2026', []],
  ['Пароль١٢٣!', []],
  ['汉字汉字汉字1!', [UPPER]],
  ['A1😀😀😀😀😀😀', []],
  ['A1😀😀😀😀😀', [SHORT]],
  // "é" typed as a letter and an accent is one character, and a letter.
  ['Aaaaaa1e\u0301', [OTHER]],
  ['Password1!', [COMMON]],
  ['!!PASSWORD1??', [COMMON]],
  ['P@ssw0rd', [COMMON]],
  ['«Qwerty123»', [COMMON]],
  // Fullwidth letters are the same letters.
  ['Ｐａｓｓｗｏｒｄ１！', [COMMON]],
  ['Password1', [OTHER]],
  ['password1!', [UPPER]],
  ['Adtime-test-1', []],
  ['Password1! of mine', []],
]

describe('a new password', () => {
  it.each(cases)('%j breaks exactly %j', (password, broken) => {
    expect(brokenPasswordRules(password).map(({ message }) => message)).toEqual(broken)
  })
})
