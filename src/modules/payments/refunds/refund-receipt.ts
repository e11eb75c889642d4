import { money } from '../../../kernel/money.js'
import type { Receipt, ReceiptItem } from '../receipt.js'

/**
 * What goes back with a refund of an amount, when nobody says which items: the receipt is read from the front, past what
 * earlier refunds have given, in whole pieces as far as the amount reaches, and parts of a piece at its ends.
 * @param given minor units that went back before
 * @returns items that sum exactly to `amount`, which must not be more than the rest of the receipt
 */
export function returnedPart(receipt: Receipt, given: bigint, amount: bigint): Receipt {
  const items: ReceiptItem[] = []
  let start = 0n
  for (const item of receipt.items) {
    const end = start + item.unitAmount.amount * BigInt(item.quantity)
    items.push(...piecesOf(item, larger(given, start) - start, smaller(given + amount, end) - start))
    start = end
  }
  return { ...receipt, items }
}

/** The pieces of an item between two amounts, counted from its beginning. */
function piecesOf(item: ReceiptItem, from: bigint, to: bigint): ReceiptItem[] {
  const unit = item.unitAmount.amount
  if (from >= to) return []
  const pieces: ReceiptItem[] = []
  const add = (amount: bigint, quantity: number) => {
    if (amount > 0n && quantity > 0)
      pieces.push({ ...item, quantity, unitAmount: money(amount, item.unitAmount.currency) })
  }
  const firstWhole = smaller(((from + unit - 1n) / unit) * unit, to)
  add(firstWhole - from, 1)
  const whole = (to - firstWhole) / unit
  add(unit, Number(whole))
  add(to - firstWhole - whole * unit, 1)
  return pieces
}

const larger = (left: bigint, right: bigint): bigint => (left > right ? left : right)
const smaller = (left: bigint, right: bigint): bigint => (left < right ? left : right)
