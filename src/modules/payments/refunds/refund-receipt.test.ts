import { describe, expect, it } from 'vitest'
import { money } from '../../../kernel/money.js'
import { type Receipt, type ReceiptItem, receiptTotal } from '../receipt.js'
import { returnedPart } from './refund-receipt.js'

const item = (description: string, quantity: number, amount: bigint): ReceiptItem => ({
  description,
  quantity,
  unitAmount: money(amount),
  subject: 'commodity',
})

const receipt: Receipt = {
  customer: { email: 'anna@example.test', phone: null },
  items: [item('banner', 3, 1_000n), item('poster', 1, 500n), item('rush', 1, 200n)],
}

const words = (part: Receipt) => part.items.map((one) => `${one.quantity} ${one.description} ${one.unitAmount.amount}`)

describe('the receipt of a refund', () => {
  it.each([
    ['everything', 0n, 3_700n, ['3 banner 1000', '1 poster 500', '1 rush 200']],
    ['whole pieces from the front', 0n, 2_000n, ['2 banner 1000']],
    ['a piece and a part of the next', 0n, 1_300n, ['1 banner 1000', '1 banner 300']],
    ['less than a piece', 0n, 1n, ['1 banner 1']],
    ['a part in the middle of a piece', 200n, 300n, ['1 banner 300']],
    ['the rest of a piece, then whole ones', 300n, 2_700n, ['1 banner 700', '2 banner 1000']],
    ['across items', 2_500n, 1_100n, ['1 banner 500', '1 poster 500', '1 rush 100']],
    ['what is left at the end', 3_600n, 100n, ['1 rush 100']],
  ] as const)('gives back %s', (_what, given, amount, expected) => {
    expect(words(returnedPart(receipt, given, amount))).toEqual(expected)
  })

  it('sums to the amount, whatever went before, and goes to the same customer', () => {
    for (let given = 0n; given < 3_700n; given += 37n)
      for (let amount = 1n; given + amount <= 3_700n; amount += 101n) {
        const part = returnedPart(receipt, given, amount)
        expect(receiptTotal(part, 'RUB')).toBe(amount)
        expect(part.customer).toBe(receipt.customer)
      }
  })
})
