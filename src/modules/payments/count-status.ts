import type { Payment } from '../../generated/prisma/client.js'
import type { PaymentStatus } from '../../generated/prisma/enums.js'
import type { Transaction } from '../../platform/database/transaction.js'
import { paymentAmountsRub, paymentStatusTotal } from '../../platform/observability/metrics.js'

/** Counts, once the transaction has committed, that a payment reached a status. */
export function countStatus(
  tx: Transaction,
  { provider, amount, currency }: Pick<Payment, 'provider' | 'amount' | 'currency'>,
  status: PaymentStatus,
): void {
  tx.afterCommit(() => {
    paymentStatusTotal.inc({ provider, status })
    if (status === 'SUCCEEDED' && currency === 'RUB') paymentAmountsRub.observe(Number(amount) / 100)
  })
}
