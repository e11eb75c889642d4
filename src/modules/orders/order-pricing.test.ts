import { describe, expect, it, test } from 'vitest'
import { money } from '../../kernel/money.js'
import { priceOrder } from './order-pricing.js'

const generation = (elements: number, quantity = 1) => ({ kind: 'generation', elements, quantity }) as const
const item = (kopecks: bigint, quantity = 1) => ({ kind: 'item', price: money(kopecks), quantity }) as const

it('costs 220000 kopecks for three elements in five days', () => {
  expect(priceOrder([generation(3)], 5)).toMatchObject({
    lines: [{ unitPrice: money(200_000n), total: money(200_000n) }],
    subtotal: money(200_000n),
    rushFee: money(20_000n),
    total: money(220_000n),
  })
})

describe('a generated design', () => {
  test.each([
    [0, 100_000n],
    [1, 100_000n],
    [2, 150_000n],
    [3, 200_000n],
    [10, 550_000n],
  ])('with %i elements costs %i kopecks a piece', (elements, kopecks) => {
    expect(priceOrder([generation(elements)], null).total).toEqual(money(kopecks))
  })

  it('is multiplied by the quantity', () => {
    expect(priceOrder([generation(2, 4)], null).lines).toMatchObject([
      { unitPrice: money(150_000n), total: money(600_000n) },
    ])
  })
})

describe('the rush fee', () => {
  test.each([
    [null, 0n],
    [1, 20_000n],
    [6, 20_000n],
    [7, 0n],
    [365, 0n],
  ])('for a deadline of %s days is %i kopecks', (deadlineDays, kopecks) => {
    expect(priceOrder([generation(1)], deadlineDays).rushFee).toEqual(money(kopecks))
  })

  it('is added once, however many lines and pieces there are', () => {
    expect(priceOrder([generation(1, 5), item(1_000n, 3)], 3).total).toEqual(money(500_000n + 3_000n + 20_000n))
  })
})

it('sells an item at its own price', () => {
  expect(priceOrder([item(123_45n, 2)], null).total).toEqual(money(246_90n))
})
