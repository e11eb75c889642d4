import { expect, test } from 'vitest'
import { displayNameOf, subjectOf, verifiedEmailOf } from './proven-person.js'

test.each([
  ['Анна Петрова', 'Анна Петрова'],
  ['  Анна \n\t Петрова\u0000 ', 'Анна Петрова'],
  ['x'.repeat(200), 'x'.repeat(100)],
  [`${'🙂'.repeat(150)}`, '🙂'.repeat(100)],
  ['half \ud83d a smile', 'half a smile'],
  ['\u202eгоратс', 'горатс'],
  [' \u200b ', null],
  ['', null],
  [42, null],
  [undefined, null],
])('the name %j is shown as %j', (claim, shown) => {
  expect(displayNameOf(claim)).toBe(shown)
})

test.each([
  [{ email: ' Anna@Example.COM ', email_verified: true }, 'anna@example.com'],
  [{ email: 'anna@example.com', email_verified: false }, null],
  [{ email: 'anna@example.com', email_verified: 'true' }, null],
  [{ email: 'anna@example.com', email_verified: 1 }, null],
  [{ email: 'anna@example.com' }, null],
  [{ email_verified: true }, null],
  [{ email: 'no address', email_verified: true }, null],
  [{ email: ['anna@example.com'], email_verified: true }, null],
  [{ email: `${'a'.repeat(64)}@${'b.'.repeat(120)}com`, email_verified: true }, null],
])('of %j the address %j is vouched for', (claims, email) => {
  expect(verifiedEmailOf(claims)).toBe(email)
})

test.each([['10769150350006150715113082367'], ['auth0|5f'], [77]])('%j names somebody', (claim) => {
  expect(subjectOf(claim)).toBe(String(claim))
})

test.each([[''], [' '], ['a b'], ['a\u0000'], ['x'.repeat(256)], [1.5], [2 ** 60], [null], [{}], [true]])(
  '%j names nobody',
  (claim) => {
    expect(() => subjectOf(claim)).toThrow('did not say who')
  },
)
