import type { PaymentPurpose } from '../../generated/prisma/enums.js'
import type { Money } from '../../kernel/money.js'
import type { Transaction } from '../../platform/database/transaction.js'

/** Money of one person moved, or did not. */
export interface PaymentNews {
  /**
   * PAID: it came in, and what it is for was sold. FAILED: an attempt to pay was declined, refused or expired; not one that the person gave
   * up. REFUNDED: it was given back. REFUND_FAILED: it was not, and is still owed. EARNED: a sale was shared, or what was refunded of
   * it taken off the share.
   */
  readonly kind: 'PAID' | 'FAILED' | 'REFUNDED' | 'REFUND_FAILED' | 'EARNED'
  /** Of the payment or refund; of EARNED a new one. */
  readonly id: string
  readonly userId: string
  readonly purpose: PaymentPurpose
  readonly referenceId: string | null
  /** Below zero where an earning became less. */
  readonly amount: Money
}

/** Hears of news in the transaction that makes them; what it throws undoes it. */
export type PaymentNewsListener = (tx: Transaction, news: PaymentNews) => Promise<void>
