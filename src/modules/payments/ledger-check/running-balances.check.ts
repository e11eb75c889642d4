import type { LedgerCheck } from './ledger-check.js'

export const runningBalances: LedgerCheck = {
  rule: 'the balance after every line is the sum of its account up to it',
  count: 'select count(*) from ledger_lines',
  difference: `
    select 'line ' || id || ' of account ' || account_id as id, running::text as expected, balance_after::text as found
    from (select id, account_id, balance_after, sum(amount) over (partition by account_id order by id) as running from ledger_lines) line
    where balance_after <> running`,
}
