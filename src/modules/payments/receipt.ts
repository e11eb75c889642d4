import type { Currency } from '../../generated/prisma/enums.js'
import type { Money } from '../../kernel/money.js'

export interface ReceiptItem {
  /** What the customer reads on the receipt. */
  readonly description: string
  /** Whole pieces, 1 or more. */
  readonly quantity: number
  readonly unitAmount: Money
  /** 'payment': money in advance, for nothing in particular. */
  readonly subject: 'commodity' | 'service' | 'payment'
  /** 'full_payment' unless told. */
  readonly mode?: 'full_payment' | 'advance' | undefined
}

/** What a cash receipt says (54-FZ): who gets it and what was sold. The items sum exactly to what is paid. */
export interface Receipt {
  readonly customer: { readonly email: string | null; readonly phone: string | null }
  readonly items: readonly ReceiptItem[]
}

/** Of all items, in minor units of `currency`. @throws Error when an item is in another currency */
export function receiptTotal({ items }: Receipt, currency: Currency): bigint {
  return items.reduce((sum, { quantity, unitAmount }) => {
    if (unitAmount.currency !== currency)
      throw new Error(`a receipt in ${currency} has an item in ${unitAmount.currency}`)
    return sum + unitAmount.amount * BigInt(quantity)
  }, 0n)
}
