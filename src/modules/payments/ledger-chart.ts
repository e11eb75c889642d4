import type {
  Currency,
  LedgerAccountKind,
  LedgerEntryKind,
  PaymentProvider,
  PaymentPurpose,
} from '../../generated/prisma/enums.js'

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

/** Part or all of a payment went back. */
export function moneyBack(payment: BookedPayment, amount: bigint, wasWanted: boolean): Movement {
  const bought: Account = payment.purpose === 'DEPOSIT' ? balance(payment) : { kind: 'REFUNDS' }
  return movement('REFUND', payment, amount, wasWanted ? bought : owed(payment), source(payment))
}
