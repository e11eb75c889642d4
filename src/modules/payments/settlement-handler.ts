import type { PaymentProvider, PaymentPurpose } from '../../generated/prisma/enums.js'
import type { Money } from '../../kernel/money.js'
import type { Transaction } from '../../platform/database/transaction.js'
import type { PaymentNews, PaymentNewsListener } from './payment-news.js'

export interface SettledPayment {
  readonly id: string
  readonly userId: string
  readonly referenceId: string | null
  readonly amount: Money
  readonly provider: PaymentProvider
  /** The payment method that the provider has kept, if it was asked to. */
  readonly savedMethodId: string | null
}

export interface FailedPayment extends SettledPayment {
  /** For people. */
  readonly reason: string | null
}

export interface SettledRefund {
  readonly id: string
  readonly paymentId: string
  readonly referenceId: string | null
  readonly amount: Money
  /** Whether nothing of the payment is left with it. */
  readonly isRest: boolean
}

/**
 * What the room that sells something does when money for it moves, in the same transaction as the payment's own change.
 * It may be called again for one payment when a transaction was undone, never after one committed.
 */
export interface SettlementHandler {
  /** Locks what is paid for. It is called before any payment is locked, so that everybody locks in one order. */
  lock?(tx: Transaction, referenceId: string): Promise<void>
  /** Throws when this cannot be paid for (any more). Called after `lock`, in the transaction that writes a new attempt. */
  admit?(tx: Transaction, attempt: SettledPayment): Promise<void>
  /** The money came in. 'unwanted': nothing is sold for it, and payments gives it all back by itself. */
  settled(tx: Transaction, payment: SettledPayment): Promise<'accepted' | 'unwanted'>
  /** The attempt was declined, refused or expired. Not called for attempts that the customer or `cancelPending` gave up. */
  failed?(tx: Transaction, payment: FailedPayment): Promise<void>
  refunded?(tx: Transaction, refund: SettledRefund): Promise<void>
}

/** Who has to do with what becomes of money: one seller for each purpose, and whoever only tells of it. */
export class SettlementHandlers {
  private readonly listeners: PaymentNewsListener[] = []
  private readonly handlers = new Map<PaymentPurpose, SettlementHandler>()

  register(purpose: PaymentPurpose, handler: SettlementHandler): void {
    if (this.handlers.has(purpose)) throw new Error(`two rooms handle payments for ${purpose}`)
    this.handlers.set(purpose, handler)
  }

  of(purpose: PaymentPurpose): SettlementHandler {
    const handler = this.handlers.get(purpose)
    if (!handler) throw new Error(`no room handles payments for ${purpose}`)
    return handler
  }

  onNews(listener: PaymentNewsListener): void {
    this.listeners.push(listener)
  }

  async tell(tx: Transaction, news: PaymentNews): Promise<void> {
    for (const listener of this.listeners) await listener(tx, news)
  }

  /** @returns the handler, with what the payment is for locked */
  async locked(tx: Transaction, payment: { readonly purpose: PaymentPurpose; readonly referenceId: string | null }) {
    const handler = this.of(payment.purpose)
    if (payment.referenceId !== null) await handler.lock?.(tx, payment.referenceId)
    return handler
  }
}
