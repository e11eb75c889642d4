import { earningMovement, shareOf } from '../../../modules/payments/index.js'
import { demoId } from './demo-calendar.js'
import type { DemoWorld } from './demo-world.js'
import type { StoryLine } from './story-line.js'

export const FEE_PERCENT = 15

interface CompletedSale {
  readonly orderId: string
  readonly lines: readonly StoryLine[]
  readonly at: Date
}

/** What the designers of a completed order earn. Nothing of it is refunded, and nobody owes anything. */
export function shareSale({ rows, movements }: DemoWorld, { orderId, lines, at }: CompletedSale): void {
  const sold = new Map<string, bigint>()
  for (const line of lines)
    if ('item' in line) {
      const { designer, priceAmount } = line.item
      sold.set(designer.id, (sold.get(designer.id) ?? 0n) + priceAmount * BigInt(line.quantity))
    }
  for (const [sellerId, amount] of sold) {
    const change = shareOf({ amount, feePercent: FEE_PERCENT }, { paid: 1n, refunded: 0n })
    const id = demoId(at, `share of ${sellerId} in ${orderId}`)
    const booked = { feeAmount: change.fee, earnedAmount: change.earning }
    rows.saleShares.push({
      ...{ id, purpose: 'ORDER', referenceId: orderId, sellerId, amount, currency: 'RUB', feePercent: FEE_PERCENT },
      ...booked,
      createdAt: at,
    })
    const nothing = { payable: 0n, balance: 0n, isGone: false }
    movements.push({ movement: earningMovement({ orderId, currency: 'RUB', sellerId, change, ...nothing }), at })
  }
}
