import type { Payment } from '../../generated/prisma/client.js'
import { money } from '../../kernel/money.js'
import type { ProviderAttempt } from './payment-provider.js'
import { receiptFrom } from './stored-receipt.js'

/** What every repeat of this attempt sends: only what was written before the first call. */
export const attemptOf = (payment: Payment): ProviderAttempt => ({
  paymentId: payment.id,
  idempotenceKey: payment.idempotenceKey,
  createdAt: payment.createdAt,
  amount: money(payment.amount, payment.currency),
  description: payment.description,
  returnUrl: payment.returnUrl,
  capture: payment.capture,
  receipt: receiptFrom(payment.receipt),
  saveMethod: payment.saveMethod,
  savedMethodId: payment.chargedMethodId,
})
