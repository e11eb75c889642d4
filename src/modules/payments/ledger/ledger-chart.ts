import type {
  Currency,
  LedgerAccountKind,
  LedgerEntryKind,
  PaymentProvider,
  PaymentPurpose,
} from '../../../generated/prisma/enums.js'

export interface Account {
  readonly kind: LedgerAccountKind
  readonly ownerId?: string
  readonly provider?: PaymentProvider
}

/** A balanced set of lines: positive credits the account, negative debits it, together zero. Minor units of `currency`. */
export interface Movement {
  readonly kind: LedgerEntryKind
  readonly currency: Currency
  readonly paymentId: string | null
  readonly orderId: string | null
  readonly lines: readonly { readonly account: Account; readonly amount: bigint }[]
}

export const accountsOf = ({ lines }: Movement): Account[] => lines.map(({ account }) => account)

/** What the chart has to know of a payment. */
export interface BookedPayment {
  readonly id: string
  readonly userId: string
  readonly provider: PaymentProvider
  readonly purpose: PaymentPurpose
  readonly referenceId: string | null
  readonly amount: bigint
  readonly currency: Currency
}

const KINDS: Readonly<Record<PaymentPurpose, LedgerEntryKind>> = {
  ORDER: 'ORDER_PAYMENT',
  PLAN: 'PLAN_PURCHASE',
  DEPOSIT: 'DEPOSIT',
}

/** The kinds of movements that bring a payment in. */
export const COMING_IN: readonly LedgerEntryKind[] = Object.values(KINDS)

/** Where the money comes from, and where a refund returns it to. */
const source = ({ provider, userId }: BookedPayment): Account =>
  provider === 'BALANCE' ? { kind: 'CUSTOMER_BALANCE', ownerId: userId } : { kind: 'PROVIDER_CLEARING', provider }

/** Money that bought nothing is owed to its owner, so it never counts as revenue. */
const owed = ({ userId }: BookedPayment): Account => ({ kind: 'CUSTOMER_RECEIVABLE', ownerId: userId })

const balance = ({ userId }: BookedPayment): Account => ({ kind: 'CUSTOMER_BALANCE', ownerId: userId })

function movement(kind: LedgerEntryKind, payment: BookedPayment, amount: bigint, from: Account, to: Account): Movement {
  return {
    kind,
    currency: payment.currency,
    paymentId: payment.id,
    orderId: payment.purpose === 'ORDER' ? payment.referenceId : null,
    lines: [
      { account: from, amount: -amount },
      { account: to, amount },
    ],
  }
}

/** A payment came in. `isWanted` is false when nothing was bought with it and it goes straight back. */
export function moneyIn(payment: BookedPayment, isWanted: boolean): Movement {
  const bought: Account = payment.purpose === 'DEPOSIT' ? balance(payment) : { kind: 'REVENUE' }
  return movement(KINDS[payment.purpose], payment, payment.amount, source(payment), isWanted ? bought : owed(payment))
}

/** What is refunded of a deposit leaves the balance when it is asked for, so that the provider's success can always be booked. */
export const depositSetAside = (payment: BookedPayment, amount: bigint): Movement =>
  movement('REFUND', payment, amount, balance(payment), owed(payment))

/** That refund failed. */
export const depositRestored = (payment: BookedPayment, amount: bigint): Movement =>
  movement('ADJUSTMENT', payment, amount, owed(payment), balance(payment))

const refundedFrom = (payment: BookedPayment, wasWanted: boolean): Account =>
  wasWanted && payment.purpose !== 'DEPOSIT' ? { kind: 'REFUNDS' } : owed(payment)

/** Part or all of a payment went back. Of a deposit it was set aside before. */
export const moneyBack = (payment: BookedPayment, amount: bigint, wasWanted: boolean): Movement =>
  movement('REFUND', payment, amount, refundedFrom(payment, wasWanted), source(payment))

/** What went back was not taken, and is here again. */
export const moneyReturned = (payment: BookedPayment, amount: bigint, wasWanted: boolean): Movement =>
  movement('ADJUSTMENT', payment, amount, source(payment), refundedFrom(payment, wasWanted))
