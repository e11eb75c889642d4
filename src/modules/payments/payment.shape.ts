import { many, moneyValue, Shape, value } from '../../platform/database/shape.js'
import { refundShape } from './refunds/refund.shape.js'

/** `purpose` and `referenceId` are always read: rooms above resolve what was paid for from them. */
export const paymentShape = new Shape('payments', ['id', 'purpose', 'referenceId'], {
  id: value('id'),
  userId: value('user_id'),
  provider: value('provider'),
  status: value('status'),
  purpose: value('purpose'),
  referenceId: value('reference_id'),
  amount: moneyValue('amount'),
  refunded: moneyValue('refunded_amount'),
  confirmationUrl: value('confirmation_url'),
  description: value('description'),
  failureReason: value('failure_reason'),
  refunds: many(
    () => refundShape,
    'refunds $',
    (payment, refund) => `${refund}.payment_id = ${payment}.id`,
    (refund) => `${refund}.id`,
  ),
  createdAt: value('created_at'),
  paidAt: value('paid_at'),
  expiresAt: value('expires_at'),
})
