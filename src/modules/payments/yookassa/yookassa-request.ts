import type { ProviderAttempt, ProviderRefundRequest } from '../payment-provider.js'
import type { Receipt } from '../receipt.js'
import { amountOf } from './yookassa-amount.js'

const MAX_DESCRIPTION = 128
const MAX_REFUND_DESCRIPTION = 250

/** Where our idempotence key stands in a payment's metadata: it finds an attempt whose answer was lost. */
export const ATTEMPT_KEY = 'attempt_key'

/** What the shop says wherever an attempt does not. */
export interface ShopFacts {
  readonly vatCode: number
  /** Where customers go when the attempt names no place. */
  readonly returnUrl: string
}

/** Not in the middle of a character: half of one is no text. */
const clipped = (text: string, length: number): string => text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')

/** The body of `POST payments`. Made of nothing but the attempt and the shop's facts, so that a repeat is the same. */
export const paymentRequest = (attempt: ProviderAttempt, { vatCode, returnUrl }: ShopFacts) => ({
  amount: amountOf(attempt.amount),
  capture: attempt.capture,
  description: clipped(attempt.description, MAX_DESCRIPTION),
  metadata: { payment_id: attempt.paymentId, [ATTEMPT_KEY]: attempt.idempotenceKey },
  ...(attempt.savedMethodId === null
    ? { confirmation: { type: 'redirect', return_url: attempt.returnUrl ?? returnUrl } }
    : { payment_method_id: attempt.savedMethodId }),
  ...(attempt.saveMethod && { save_payment_method: true }),
  ...receiptPart(attempt.receipt, vatCode),
})

/** The body of `POST refunds`. */
export const refundRequest = (
  { providerPaymentId, amount, reason, receipt }: ProviderRefundRequest,
  vatCode: number,
) => ({
  payment_id: providerPaymentId,
  amount: amountOf(amount),
  ...(reason && { description: clipped(reason, MAX_REFUND_DESCRIPTION) }),
  ...receiptPart(receipt, vatCode),
})

/** Without a way to send it to the customer there is no receipt: YooKassa would refuse it, and the payment with it. */
function receiptPart(receipt: Receipt | null, vatCode: number) {
  const { email, phone } = receipt?.customer ?? {}
  if (!receipt || (!email && !phone)) return {}
  return {
    receipt: {
      customer: email ? { email } : { phone: phone?.replace(/\D/g, '') },
      items: receipt.items.map(({ description, quantity, unitAmount, subject, mode = 'full_payment' }) => ({
        description: clipped(description, MAX_DESCRIPTION),
        quantity,
        amount: amountOf(unitAmount),
        // https://yookassa.ru/developers/54fz/parameters-values
        vat_code: vatCode,
        payment_mode: mode,
        payment_subject: subject,
      })),
    },
  }
}
