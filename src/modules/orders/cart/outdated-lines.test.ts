import { describe, expect, it } from 'vitest'
import { money } from '../../../kernel/money.js'
import type { DesignSource } from '../order-sources.js'
import { outdatedLines } from './outdated-lines.js'

const priced = (amount: bigint): DesignSource => ({
  title: 'An item',
  productType: 'BANNER',
  price: money(amount),
  picture: { size: null, isRgb: false },
})
const agreed = (...amounts: bigint[]) => amounts.map((unitAmount) => ({ unitAmount }))

describe('a line of a cart', () => {
  it.each([
    ['at the price that was agreed to can be ordered', priced(5_000n), []],
    ['that became dearer cannot', priced(5_001n), ['cart.lines.0']],
    ['that became cheaper cannot either', priced(4_999n), ['cart.lines.0']],
    ['that is not for sale cannot', null, ['cart.lines.0']],
  ])('%s', (_, source, paths) => {
    expect(outdatedLines(agreed(5_000n), [source], 'cart.lines').map(({ path }) => path)).toEqual(paths)
  })

  it('is named by its place among all of them', () => {
    expect(outdatedLines(agreed(1n, 2n, 3n), [priced(2n), priced(2n), null], 'cart.lines')).toEqual([
      { path: 'cart.lines.0', message: 'has another price now: set it again to agree' },
      { path: 'cart.lines.2', message: 'is not for sale any more: take it out' },
    ])
  })
})
