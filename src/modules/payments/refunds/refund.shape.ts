import { moneyValue, Shape, value } from '../../../platform/database/shape.js'

export const refundShape = new Shape('refunds', ['id'], {
  id: value('id'),
  amount: moneyValue('amount'),
  status: value('status'),
  reason: value('reason'),
  createdAt: value('created_at'),
})
