import type pg from 'pg'
import type { LedgerCheck } from './ledger-check.js'
import { lineCurrencies } from './line-currencies.check.js'
import { ordersPaid } from './orders-paid.check.js'
import { overdrawnBalances } from './overdrawn-balances.check.js'
import { paymentStatuses } from './payment-statuses.check.js'
import { paymentsBooked } from './payments-booked.check.js'
import { providerClearing } from './provider-clearing.check.js'
import { refundsBooked } from './refunds-booked.check.js'
import { runningBalances } from './running-balances.check.js'
import { salesShared } from './sales-shared.check.js'
import { sharesBooked } from './shares-booked.check.js'
import { sharesProRata } from './shares-pro-rata.check.js'
import { transactionsBalance } from './transactions-balance.check.js'

const CHECKS: readonly LedgerCheck[] = [
  transactionsBalance,
  runningBalances,
  overdrawnBalances,
  lineCurrencies,
  paymentsBooked,
  paymentStatuses,
  refundsBooked,
  sharesBooked,
  sharesProRata,
  salesShared,
  ordersPaid,
  providerClearing,
]

/** Where the books do not agree with themselves. */
export interface LedgerDifference {
  readonly rule: string
  readonly id: string
  readonly expected: string
  readonly found: string
}

interface Checked {
  readonly rule: string
  readonly count: number
}

/**
 * Recomputes the books from the database alone, all checks on one snapshot, reading only. The database does the sums, and
 * spills to disk what does not fit its memory.
 * @param tell hears of every check that holds
 * @returns the first difference; null for a sound ledger
 */
export async function checkLedger(
  pool: pg.Pool,
  tell: (checked: Checked) => void = () => undefined,
): Promise<LedgerDifference | null> {
  const client = await pool.connect()
  try {
    await client.query('begin transaction isolation level repeatable read read only')
    await client.query('set local statement_timeout = 0')
    for (const { rule, count, difference } of CHECKS) {
      const [found] = (await client.query<Omit<LedgerDifference, 'rule'>>(firstOf(difference))).rows
      if (found) return { rule, ...found }
      const [counted] = (await client.query<{ count: string }>(count)).rows
      tell({ rule, count: Number(counted?.count ?? 0) })
    }
    return null
  } finally {
    await client.query('rollback').then(
      () => client.release(),
      (error: Error) => client.release(error),
    )
  }
}

/** Planned for all rows, though only the first is read: a sound ledger has none, and a plan that hopes to find one soon takes minutes. */
const firstOf = (sql: string): string => `with difference as materialized (${sql}) select * from difference limit 1`
