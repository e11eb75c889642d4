import type { PaymentProvider, PaymentPurpose } from '../../generated/prisma/enums.js'
import type { Money } from '../../kernel/money.js'
import type { Transaction } from '../../platform/database/transaction.js'
import type { PaymentNewsListener } from './payment-news.js'
import type { Receipt } from './receipt.js'
import type { SettlementHandler } from './settlement-handler.js'

export interface PaymentRequest {
  readonly purpose: PaymentPurpose
  /** What is paid for: an order's id for ORDER, an account's for DEPOSIT. */
  readonly referenceId: string | null
  /** As the server computed it, except a deposit's: over 0, at most 1 000 000 RUB. */
  readonly amount: Money
  /** What the customer reads at the provider. */
  readonly description: string
  /** The default provider unless told. */
  readonly provider?: PaymentProvider | null | undefined
  /** Where the customer is offered to go back to. */
  readonly returnUrl?: string | null | undefined
  /** What is sold, for providers that tell the tax office. Its items sum to the amount. */
  readonly receipt?: Receipt | null | undefined
  /** The money is held first, and taken once the seller admits it again. Only where the provider can hold. */
  readonly hold?: boolean | undefined
  /** The provider is asked to keep the payment method: the handler gets its `savedMethodId`. */
  readonly saveMethod?: boolean | undefined
  /** A method that this provider has kept, charged without the customer. */
  readonly savedMethodId?: string | null | undefined
  readonly idempotencyKey?: string | null | undefined
  /** The mutation, whose keys are a space of their own. */
  readonly operation: string
}

/** Whose money it is: a viewer, or somebody who agreed to be charged when they are not there. */
export interface Payer {
  readonly userId: string
}

export interface RefundRequest {
  /** Deposits go back by `refundPayment` alone. */
  readonly purpose: Exclude<PaymentPurpose, 'DEPOSIT'>
  readonly referenceId: string
  /** Everything that can still be given back unless told. */
  readonly amount?: Money | undefined
  /** For people. */
  readonly reason?: string | null | undefined
  /** Where the amount stood in the caller's arguments; "amount" unless told. */
  readonly path?: string
}

/** A sale that is completed. */
export interface SaleRequest {
  readonly purpose: PaymentPurpose
  readonly referenceId: string
  /** What was paid for what each of them made; one a seller, all in one currency. */
  readonly sales: readonly { readonly sellerId: string; readonly amount: Money }[]
}

/** The door for rooms that sell something. */
export interface Payments {
  /**
   * Starts an attempt to pay. Its row is committed before the provider is called; with an idempotency key, repeats get the first one.
   * @returns the payment's id
   * @throws BAD_USER_INPUT, IDEMPOTENCY_CONFLICT, PROVIDER_UNAVAILABLE (the attempt stays and can be repeated), PAYMENT_FAILED, and
   * INSUFFICIENT_FUNDS for BALANCE, and whatever the handler's `admit` throws
   */
  start(payer: Payer, request: PaymentRequest): Promise<string>

  /**
   * Asks for money back, in the caller's transaction; the provider is called after it. Nothing happens when nothing can be given back.
   * The caller has locked what was paid for.
   * @returns the ids of the refunds, PENDING
   * @throws BAD_USER_INPUT when the amount is not over 0 or more than can still be given back
   */
  refund(tx: Transaction, request: RefundRequest): Promise<string[]>

  /** Gives up every attempt that is not finished. One that was paid at that very moment is offered to the handler, and refunded unless it wants it. */
  cancelPending(tx: Transaction, purpose: PaymentPurpose, referenceId: string): Promise<void>

  /**
   * Shares a completed sale: each seller earns the amount less the platform's fee, and keeps it as long as it is not refunded; refunds before
   * and after count pro rata. In the transaction that completes the sale, as the last it does; the caller has locked what was sold.
   */
  shareSale(tx: Transaction, sale: SaleRequest): Promise<void>

  /** Whether an attempt to pay for it still waits for its outcome. */
  isOpen(tx: Transaction, purpose: PaymentPurpose, referenceId: string): Promise<boolean>

  /** Whether methods that this provider has kept can be charged by this server. */
  canCharge(provider: PaymentProvider): boolean

  /** Registers, at start, who sells what is paid for. */
  handle(purpose: PaymentPurpose, handler: SettlementHandler): void

  /** Has `listener` hear what becomes of everybody's money, in the transaction that moves it. Register at start. */
  onNews(listener: PaymentNewsListener): void
}
