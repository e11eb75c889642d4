import { describe, expect, it } from 'vitest'
import { money } from '../../../kernel/money.js'
import { amountOf, amountSchema } from './yookassa-amount.js'

describe('an amount', () => {
  it.each([
    [0n, '0.00'],
    [1n, '0.01'],
    [10n, '0.10'],
    [99n, '0.99'],
    [100n, '1.00'],
    [150_000n, '1500.00'],
    [100_000_000n, '1000000.00'],
    [900_719_925_474_099_3n, '90071992547409.93'],
  ])('of %d kopecks is "%s", and back', (amount, value) => {
    expect(amountOf(money(amount))).toEqual({ value, currency: 'RUB' })
    expect(amountSchema.parse({ value, currency: 'RUB' })).toEqual(money(amount))
  })

  it.each(['1500', '1500.0', '1500.000', '1 500.00', '-1.00', '1e3', '1,00', '.50', '', 15.5, null])(
    'that is written %j is none',
    (value) => {
      expect(amountSchema.safeParse({ value, currency: 'RUB' }).success).toBe(false)
    },
  )

  it('of a currency that we do not know is none', () => {
    expect(amountSchema.safeParse({ value: '1.00', currency: 'XYZ' }).success).toBe(false)
  })
})
