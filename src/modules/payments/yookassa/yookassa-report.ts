import type { ProviderPayment, ProviderRefund } from '../payment-provider.js'
import type { YooKassaPayment, YooKassaRefund } from './yookassa-answer.js'
import { ATTEMPT_KEY } from './yookassa-request.js'

const PAYMENT_STATUS = {
  pending: 'PENDING',
  waiting_for_capture: 'WAITING_FOR_CAPTURE',
  succeeded: 'SUCCEEDED',
  canceled: 'CANCELED',
} as const

const REFUND_STATUS = { pending: 'PENDING', succeeded: 'SUCCEEDED', canceled: 'FAILED' } as const

/** https://yookassa.ru/developers/payment-acceptance/after-the-payment/declined-payments, in a customer's words. */
const REASONS: Readonly<Record<string, string>> = {
  '3d_secure_failed': 'The bank could not confirm that it was you. Try again or pay another way.',
  call_issuer: 'The bank declined the payment. Ask your bank, or pay another way.',
  canceled_by_merchant: 'The payment was canceled before the money was taken.',
  card_expired: 'The card has expired. Pay with another one.',
  country_forbidden: 'Cards of this country are not accepted. Pay another way.',
  deal_expired: 'The time to pay ran out.',
  expired_on_capture: 'The hold on the money ran out. Nothing was taken.',
  expired_on_confirmation: 'The time to pay ran out.',
  fraud_suspected: 'The payment was blocked as suspicious. Pay another way.',
  general_decline: 'The payment was declined. Ask your bank, or pay another way.',
  identification_required: 'The wallet has to be identified for this amount. Pay another way.',
  insufficient_funds: 'There is not enough money. Top up, or pay another way.',
  internal_timeout: 'The payment took too long. Try again.',
  invalid_card_number: 'The card number is wrong. Try again.',
  invalid_csc: 'The code on the back of the card is wrong. Try again.',
  issuer_unavailable: 'The bank does not answer. Try again later, or pay another way.',
  payment_method_limit_exceeded: 'The limit of this card or wallet is reached. Pay another way, or tomorrow.',
  payment_method_restricted: 'The bank does not allow payments with this card. Pay another way.',
  permission_revoked: 'The permission to charge this card was withdrawn. Pay yourself to give it again.',
  unsupported_mobile_operator: 'This mobile operator is not supported. Pay another way.',
}

const reasonOf = ({ status, cancellation_details: details }: YooKassaPayment): string | null =>
  status === 'canceled' ? (REASONS[details?.reason ?? ''] ?? 'The payment was declined.') : null

export function paymentReport(payment: YooKassaPayment): ProviderPayment {
  const { id, status, amount, confirmation, expires_at, payment_method: method, metadata } = payment
  const attemptKey = metadata?.[ATTEMPT_KEY]
  return {
    id,
    attemptKey: typeof attemptKey === 'string' ? attemptKey : null,
    status: PAYMENT_STATUS[status],
    amount,
    confirmationUrl: confirmation?.confirmation_url ?? null,
    expiresAt: expires_at ?? null,
    reason: reasonOf(payment),
    savedMethodId: method?.saved ? method.id : null,
  }
}

export const refundReport = ({ id, status }: YooKassaRefund): ProviderRefund => ({ id, status: REFUND_STATUS[status] })
