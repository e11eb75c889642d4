import type { LedgerCheck } from './ledger-check.js'

export const lineCurrencies: LedgerCheck = {
  rule: 'a line is on an account of its transaction’s currency',
  count: 'select count(*) from ledger_lines',
  difference: `
    select 'line ' || l.id as id, x.currency::text as expected, a.currency::text as found
    from ledger_lines l join ledger_accounts a on a.id = l.account_id join ledger_transactions x on x.id = l.transaction_id
    where a.currency <> x.currency`,
}
