import type { LedgerCheck } from './ledger-check.js'

export const transactionsBalance: LedgerCheck = {
  rule: 'every ledger transaction has lines, and they sum to zero',
  count: 'select count(*) from ledger_transactions',
  difference: `
    select 'transaction ' || x.id as id, case when l.transaction_id is null then 'lines' else '0' end as expected, coalesce(l.total::text, 'no lines') as found
    from ledger_transactions x
    left join (select transaction_id, sum(amount) as total from ledger_lines group by transaction_id) l on l.transaction_id = x.id
    where l.total is distinct from 0`,
}
