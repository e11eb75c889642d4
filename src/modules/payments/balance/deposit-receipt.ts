import type { Money } from '../../../kernel/money.js'
import type { Receipt } from '../receipt.js'

/** What a deposit is to the tax office (54-FZ): an advance, for which nothing is bought yet. */
export const depositReceipt = (amount: Money, customer: Receipt['customer']): Receipt => ({
  customer,
  items: [
    {
      description: 'Пополнение баланса AdTime',
      quantity: 1,
      unitAmount: amount,
      subject: 'payment',
      mode: 'advance',
    },
  ],
})
