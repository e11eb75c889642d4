import { moneyValue, one, Shape, value } from '../../../platform/database/shape.js'
import { paymentShape } from '../payment.shape.js'

/** What a customer sees of the ledger: the lines of the customer's own balance, with what their transaction says of them. */
const BALANCE_LINES = `(
  select l.id, l.amount, l.balance_after, a.owner_id, a.currency, x.kind, x.order_id, x.payment_id, x.occurred_at
  from ledger_accounts a
  join ledger_lines l on l.account_id = a.id
  join ledger_transactions x on x.id = l.transaction_id
  where a.kind = 'CUSTOMER_BALANCE')`

/** `orderId` is always read: the orders room resolves the order from it. */
export const ledgerEntryShape = new Shape(BALANCE_LINES, ['id', 'orderId'], {
  id: value('id'),
  orderId: value('order_id'),
  kind: value('kind'),
  amount: moneyValue('amount'),
  balanceAfter: moneyValue('balance_after'),
  payment: one(
    () => paymentShape,
    (entry, payment) => `${payment}.id = ${entry}.payment_id`,
  ),
  occurredAt: value('occurred_at'),
})
