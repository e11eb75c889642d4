import { expect, it } from 'vitest'
import { NUMBER_ALPHABET, newOrderNumber } from './order-number.js'

it('names the year in UTC and six letters of the alphabet', () => {
  for (let index = 0; index < 500; index++)
    expect(newOrderNumber(new Date('2026-12-31T23:30:00Z'))).toMatch(new RegExp(`^AT-2026-[${NUMBER_ALPHABET}]{6}$`))
})

it('uses no letters that look or sound alike', () => {
  for (const pair of ['0OQ', '1IL', '2Z', '5S', '8B', 'UV'])
    expect([...pair].filter((letter) => NUMBER_ALPHABET.includes(letter)).length, pair).toBeLessThan(2)
})

it('does not count: a thousand numbers are neither equal nor sorted', () => {
  const numbers = Array.from({ length: 1_000 }, () => newOrderNumber(new Date()))
  expect(new Set(numbers).size).toBeGreaterThan(990)
  expect([...numbers].sort()).not.toEqual(numbers)
})
