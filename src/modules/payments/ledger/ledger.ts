import type { Payment } from '../../../generated/prisma/client.js'
import type { Transaction } from '../../../platform/database/transaction.js'
import { LedgerBooks } from './ledger-books.js'
import { accountsOf, COMING_IN, type Movement } from './ledger-chart.js'

/**
 * Books movements of one currency, in their order. All of their accounts are locked together until the transaction commits, so let it
 * be the last thing a transaction does, and one call.
 * The database refuses, at commit, lines that do not sum to zero, and at once a customer's balance below zero.
 * @throws INSUFFICIENT_FUNDS for that, before the database has to
 */
export async function post(tx: Transaction, movements: readonly Movement[], occurredAt: Date): Promise<void> {
  const [first] = movements
  if (!first) return
  const books = await LedgerBooks.lock(tx, movements.flatMap(accountsOf), first.currency)
  await books.write(movements, occurredAt)
}

/** Whether the payment bought something when it came in, as the ledger remembers it. */
export async function wasWanted(tx: Transaction, paymentId: string): Promise<boolean> {
  const owed = await tx.prisma.ledgerLine.findFirst({
    where: {
      transaction: { paymentId, kind: { in: [...COMING_IN] } },
      account: { kind: 'CUSTOMER_RECEIVABLE' },
      amount: { gt: 0n },
    },
    select: { id: true },
  })
  return owed === null
}

/** Whether it is a deposit that reached the balance: what is refunded of it leaves the balance first. */
export const isKeptDeposit = async (
  tx: Transaction,
  { id, purpose }: Pick<Payment, 'id' | 'purpose'>,
): Promise<boolean> => purpose === 'DEPOSIT' && (await wasWanted(tx, id))
