import { describe, expect, it } from 'vitest'
import { shareOf } from './sale-share.js'

const sale = { amount: 100_000n, feePercent: 15 }

describe('a share of a sale', () => {
  it.each([
    [{}, 0n, { fee: 15_000n, earning: 85_000n }],
    [{ feePercent: 0 }, 0n, { fee: 0n, earning: 100_000n }],
    [{ feePercent: 100 }, 0n, { fee: 100_000n, earning: 0n }],
    [{ amount: 99n }, 0n, { fee: 14n, earning: 85n }],
    [{ amount: 1n }, 0n, { fee: 0n, earning: 1n }],
    [{}, 50_000n, { fee: 11_250n, earning: 63_750n }],
    [{}, 1n, { fee: 14_999n, earning: 85_000n }],
    [{}, 199_999n, { fee: 0n, earning: 0n }],
    [{}, 200_000n, { fee: 0n, earning: 0n }],
  ])('of %o in a payment of 200000 with %d refunded', (more, refunded, share) => {
    expect(shareOf({ ...sale, ...more }, { paid: 200_000n, refunded })).toEqual(share)
  })

  it('of what was never paid is nothing', () => {
    expect(shareOf(sale, { paid: 0n, refunded: 0n })).toEqual({ fee: 0n, earning: 0n })
  })

  it('never exceeds what was kept, and nothing of it is lost', () => {
    for (let refunded = 0n; refunded <= 977n; refunded++) {
      const shares = [333n, 331n, 313n].map((amount) => shareOf({ amount, feePercent: 15 }, { paid: 977n, refunded }))
      const shared = shares.reduce((sum, { fee, earning }) => sum + fee + earning, 0n)
      expect(shared).toBeLessThanOrEqual(977n - refunded)
      expect(shared).toBeGreaterThan(977n - refunded - 3n)
    }
  })
})
