import type { IncomingHttpHeaders } from 'node:http'
import type { Currency, PaymentProvider, PaymentStatus, RefundStatus } from '../../generated/prisma/enums.js'
import type { Money } from '../../kernel/money.js'
import type { Transaction } from '../../platform/database/transaction.js'
import type { Receipt } from './receipt.js'
import type { SettledPayment } from './settlement-handler.js'

/** What a provider says of a payment. Refunds it tells apart. */
export type ReportedStatus = Extract<PaymentStatus, 'PENDING' | 'WAITING_FOR_CAPTURE' | 'SUCCEEDED' | 'CANCELED'>

/** A payment as the provider has it right now. */
export interface ProviderPayment {
  readonly id: string
  /** Our idempotence key, as the provider remembers it: finds an attempt whose answer was lost. */
  readonly attemptKey: string | null
  readonly status: ReportedStatus
  readonly amount: Money
  readonly confirmationUrl: string | null
  readonly expiresAt: Date | null
  /** Why it is CANCELED, for people. */
  readonly reason: string | null
  /** The payment method that the provider has kept and that may be charged again. */
  readonly savedMethodId: string | null
}

export interface ProviderRefund {
  readonly id: string
  readonly status: RefundStatus
}

/** What every repeat of an attempt sends: the same, under the same key. */
export interface ProviderAttempt {
  /** Our payment's id, for people who look for it at the provider. */
  readonly paymentId: string
  readonly idempotenceKey: string
  /** When it was written. */
  readonly createdAt: Date
  readonly amount: Money
  readonly description: string
  readonly returnUrl: string | null
  /** Whether the money is taken in one step; otherwise it is held until `capture`. */
  readonly capture: boolean
  readonly receipt: Receipt | null
  /** Whether the provider is asked to keep the payment method. */
  readonly saveMethod: boolean
  /** A kept method to charge without the customer: there is nothing to confirm then. */
  readonly savedMethodId: string | null
}

export interface ProviderRefundRequest {
  readonly idempotenceKey: string
  readonly providerPaymentId: string
  readonly amount: Money
  readonly reason: string | null
  /** What is given back. */
  readonly receipt: Receipt | null
}

/** A refund as a look through the provider's books finds it. */
export interface RefundFound extends ProviderRefund {
  readonly amount: Money
  readonly createdAt: Date
}

export interface WebhookRequest {
  readonly headers: IncomingHttpHeaders
  readonly rawBody: Buffer
  /** The caller's address, as a trusted proxy reports it. */
  readonly ip: string
  readonly now: Date
}

/** A webhook's meaning. It only says what to read again; nothing else in its body is believed. */
export interface ProviderEvent {
  /** The same for every delivery of one event. */
  readonly id: string
  readonly type: string
  /** Null when the event is of no interest. */
  readonly subject: { readonly kind: 'payment' | 'refund'; readonly id: string } | null
}

export interface ProviderCapabilities {
  readonly currencies: readonly Currency[]
  /** Money can be held and captured later. */
  readonly holds: boolean
  /** A payment that waits for its customer can be canceled. */
  readonly cancelsPending: boolean
  readonly partialRefunds: boolean
  /** A payment method can be kept and charged again. */
  readonly savesMethods: boolean
  /** How long a repeat under the same key is known as one; for good unless told. */
  readonly keysLastMs?: number
  /** It never is the default: a customer has to ask for it. */
  readonly onlyWhenWanted?: boolean
}

/**
 * One service that takes money. Calls throw ProviderRefusal for a final no; anything else they throw means that
 * nobody knows what happened, and the same call under the same key is to be repeated.
 */
export interface ProviderAdapter {
  readonly name: PaymentProvider
  readonly capabilities: ProviderCapabilities
  /** Throws when this cannot be paid. Called last in the transaction that writes an attempt, so only for who asks nobody outside. */
  admit?(tx: Transaction, attempt: SettledPayment): Promise<void>
  create(attempt: ProviderAttempt): Promise<ProviderPayment>
  read(providerPaymentId: string): Promise<ProviderPayment>
  /** Looks for an attempt whose answer was lost, without making one. Where it is missing, `create` is repeated instead. */
  find?(attempt: ProviderAttempt): Promise<ProviderPayment | null>
  /** Takes money that is held. Harmless to repeat: one that was captured, or is gone, is returned as it is. */
  capture(providerPaymentId: string, amount: Money, idempotenceKey: string): Promise<ProviderPayment>
  /** Harmless to repeat. A payment that is already finished is left as it is and returned. */
  cancel(providerPaymentId: string, idempotenceKey: string): Promise<ProviderPayment>
  refund(request: ProviderRefundRequest): Promise<ProviderRefund>
  readRefund(providerRefundId: string): Promise<ProviderRefund>
  /** All refunds of a payment. Needed where keys do not last: a repeat after their time would give the money twice. */
  refundsOf?(providerPaymentId: string): Promise<readonly RefundFound[]>
}

/** A provider that tells by itself what has happened, under `/webhooks/payments/<name in lower case>`. */
export interface TellingProvider extends ProviderAdapter {
  /** @throws WebhookRefusal when the sender cannot prove who they are */
  verifyWebhook(request: WebhookRequest): void
  /** @returns null when the body is not an event of this provider */
  readEvent(body: unknown): ProviderEvent | null
}

export const tells = (adapter: ProviderAdapter): adapter is TellingProvider => 'verifyWebhook' in adapter

/** The provider's final no: repeating the call would change nothing. */
export class ProviderRefusal extends Error {
  override readonly name = 'ProviderRefusal'
}

export class WebhookRefusal extends Error {
  override readonly name = 'WebhookRefusal'

  constructor(
    readonly status: 401 | 403,
    message: string,
  ) {
    super(message)
  }
}
