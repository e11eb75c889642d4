import type { LedgerCheck } from './ledger-check.js'

export const overdrawnBalances: LedgerCheck = {
  rule: 'no customer’s balance was ever below zero',
  count: `select count(*) from ledger_accounts where kind = 'CUSTOMER_BALANCE'`,
  difference: `
    select 'line ' || l.id || ' of account ' || a.id as id, 'at least 0' as expected, l.balance_after::text as found
    from ledger_accounts a join ledger_lines l on l.account_id = a.id
    where a.kind = 'CUSTOMER_BALANCE' and l.balance_after < 0`,
}
