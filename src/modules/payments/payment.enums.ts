import {
  LedgerEntryKind,
  PaymentProvider,
  PaymentPurpose,
  PaymentStatus,
  RefundStatus,
} from '../../generated/prisma/enums.js'
import { describeEnum } from '../../platform/graphql/describe-enum.js'

describeEnum(PaymentProvider, 'PaymentProvider', 'Who takes the money.', {
  YOOKASSA: 'YooKassa: cards and SBP, in roubles.',
  STRIPE: 'Stripe: cards, in any currency.',
  SANDBOX:
    'A built-in provider without real money, with a checkout page of its own. Accepted wherever the sandbox runs.',
  BALANCE:
    "The customer's own balance, in roubles. Nothing to confirm: paid at once, or INSUFFICIENT_FUNDS. Never the default.",
})

describeEnum(PaymentStatus, 'PaymentStatus', 'How far a payment has come.', {
  PENDING: 'Waits for the customer at `confirmationUrl`.',
  WAITING_FOR_CAPTURE: 'The money is held, not taken yet.',
  SUCCEEDED: 'Paid; nothing has been given back.',
  CANCELED:
    'Declined, canceled or expired; `failureReason` says why. Nothing was taken. A new attempt is a new payment.',
  REFUNDED: 'Paid, and all of it given back.',
  PARTIALLY_REFUNDED: 'Paid, and part of it given back: see `refunded`.',
})

describeEnum(PaymentPurpose, 'PaymentPurpose', 'What a payment is for.', {
  ORDER: 'An order, in full.',
  PLAN: 'A period of a plan.',
  DEPOSIT: "The customer's balance.",
})

describeEnum(RefundStatus, 'RefundStatus', 'How far a refund has come.', {
  PENDING: 'Asked of the provider. It already counts against what can still be refunded.',
  SUCCEEDED: 'Given back.',
  FAILED:
    'The provider refused it for good, or the bank sent it back, which may be days after it had SUCCEEDED. Nothing was given back; it can be asked for again.',
})

describeEnum(LedgerEntryKind, 'LedgerEntryKind', 'Why a balance changed.', {
  DEPOSIT: 'The customer paid money in.',
  ORDER_PAYMENT: 'An order was paid from the balance.',
  REFUND: 'Positive: a payment from the balance was given back. Negative: a deposit goes back to where it came from.',
  PLAN_PURCHASE: 'A plan was paid from the balance.',
  DESIGNER_EARNING:
    "An order with designs of theirs was completed: their price less the platform's fee. Negative: the order was refunded, and their part of it was taken back.",
  PLATFORM_FEE: "The platform's share of a sale.",
  PAYOUT: 'Money was paid out.',
  ADJUSTMENT: 'A correction, such as a refund that did not arrive.',
})

export { LedgerEntryKind, PaymentProvider, PaymentPurpose, PaymentStatus, RefundStatus }
