import type { Currency } from '../../../generated/prisma/enums.js'
import type { Account, Movement } from './ledger-chart.js'
import type { Share } from './sale-share.js'

interface Earning {
  readonly orderId: string | null
  readonly currency: Currency
  readonly sellerId: string
  /** What fee and earning change by: negative when a refund takes them back. */
  readonly change: Share
  /** What lies on the seller's accounts before. */
  readonly payable: bigint
  readonly balance: bigint
  /** A deleted account: what it earns stays payable. */
  readonly isGone: boolean
}

export const payableTo = (ownerId: string): Account => ({ kind: 'DESIGNER_PAYABLE', ownerId })
export const balanceOf = (ownerId: string): Account => ({ kind: 'CUSTOMER_BALANCE', ownerId })

/**
 * A sale is shared, or a share of it taken back. Both pass through what is payable to the seller. What is more than nothing there
 * goes on to the balance; what is taken back is drawn from the balance as far as that reaches, and the rest stays owed, below zero.
 */
export function earningMovement(earning: Earning): Movement {
  const { orderId, currency, sellerId, change } = earning
  const released = releasedBy(earning)
  const lines = [
    { account: { kind: 'REVENUE' }, amount: -(change.fee + change.earning) },
    { account: { kind: 'PLATFORM_FEE' }, amount: change.fee },
    { account: payableTo(sellerId), amount: change.earning },
    { account: payableTo(sellerId), amount: -released },
    { account: balanceOf(sellerId), amount: released },
  ] satisfies Movement['lines']
  return {
    kind: 'DESIGNER_EARNING',
    currency,
    paymentId: null,
    orderId,
    lines: lines.filter(({ amount }) => amount !== 0n),
  }
}

function releasedBy({ change, payable, balance, isGone }: Earning): bigint {
  const after = payable + change.earning
  if (change.earning > 0n) return isGone || after < 0n ? 0n : after
  const [drawn = 0n] = [-change.earning, -after, balance].sort((left, right) => (left < right ? -1 : 1))
  return drawn > 0n ? -drawn : 0n
}
