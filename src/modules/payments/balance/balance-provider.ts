import type { Payment } from '../../../generated/prisma/client.js'
import { money } from '../../../kernel/money.js'
import type { Database } from '../../../platform/database/database.js'
import type { Transaction } from '../../../platform/database/transaction.js'
import { LedgerBooks } from '../ledger/ledger-books.js'
import type {
  ProviderAdapter,
  ProviderAttempt,
  ProviderCapabilities,
  ProviderPayment,
  ProviderRefund,
  ProviderRefundRequest,
} from '../payment-provider.js'
import type { SettledPayment } from '../settlement-handler.js'
import { insufficientFunds } from './insufficient-funds.js'

/**
 * The customer's own balance. Its books are our ledger, so there is nobody to ask: it says yes to everything, and the ledger decides in the
 * transaction that settles the payment.
 */
export class BalanceProvider implements ProviderAdapter {
  readonly name = 'BALANCE'

  readonly capabilities: ProviderCapabilities = {
    currencies: ['RUB'],
    holds: false,
    cancelsPending: true,
    partialRefunds: true,
    savesMethods: false,
    onlyWhenWanted: true,
  }

  constructor(private readonly database: Database) {}

  /** @throws INSUFFICIENT_FUNDS */
  async admit(tx: Transaction, { userId, amount }: SettledPayment): Promise<void> {
    const balance = { kind: 'CUSTOMER_BALANCE', ownerId: userId } as const
    const books = await LedgerBooks.lock(tx, [balance], amount.currency)
    if (books.balanceOf(balance) < amount.amount) throw insufficientFunds()
  }

  async create({ paymentId, idempotenceKey, amount }: ProviderAttempt): Promise<ProviderPayment> {
    return report({ id: paymentId, idempotenceKey, amount: amount.amount, currency: amount.currency }, 'SUCCEEDED')
  }

  /** What was not given up is, or is about to be, booked. */
  async read(id: string): Promise<ProviderPayment> {
    const payment = await this.payment(id)
    return report(payment, payment.status === 'CANCELED' ? 'CANCELED' : 'SUCCEEDED')
  }

  capture(id: string): Promise<ProviderPayment> {
    return this.read(id)
  }

  /** What is not booked yet never will be: see `isStepForward`. */
  async cancel(id: string): Promise<ProviderPayment> {
    const payment = await this.payment(id)
    return payment.status === 'PENDING' ? report(payment, 'CANCELED') : this.read(id)
  }

  async refund({ idempotenceKey }: ProviderRefundRequest): Promise<ProviderRefund> {
    return { id: idempotenceKey, status: 'SUCCEEDED' }
  }

  async readRefund(id: string): Promise<ProviderRefund> {
    return { id, status: 'SUCCEEDED' }
  }

  private payment(id: string): Promise<Payment> {
    return this.database.prisma.payment.findUniqueOrThrow({ where: { id } })
  }
}

const report = (
  { id, idempotenceKey, amount, currency }: Pick<Payment, 'id' | 'idempotenceKey' | 'amount' | 'currency'>,
  status: ProviderPayment['status'],
): ProviderPayment => ({
  id,
  attemptKey: idempotenceKey,
  status,
  amount: money(amount, currency),
  confirmationUrl: null,
  expiresAt: null,
  reason: null,
  savedMethodId: null,
})
