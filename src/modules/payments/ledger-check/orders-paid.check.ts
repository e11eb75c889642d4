import type { LedgerCheck } from './ledger-check.js'

/** A payment that is kept bought the order when it came in. What staff keep of an order called off in production is kept. */
export const ordersPaid: LedgerCheck = {
  rule: 'an order that was paid has one payment that was kept, and one that was never paid has none',
  count: 'select count(*) from orders',
  difference: `
    select 'order ' || o.id as id, case when o.paid_at is null then '0 payments kept' else '1 payment kept' end as expected,
      coalesce(k.kept, 0) || ' kept' as found
    from orders o
    left join (
      select p.reference_id, count(*) as kept from payments p
      where p.purpose = 'ORDER' and p.status in ('SUCCEEDED', 'PARTIALLY_REFUNDED', 'REFUNDED') and not exists (
        select from ledger_transactions x join ledger_lines l on l.transaction_id = x.id join ledger_accounts a on a.id = l.account_id
        where x.payment_id = p.id and a.kind = 'CUSTOMER_RECEIVABLE' and l.amount > 0)
      group by p.reference_id) k on k.reference_id = o.id
    where coalesce(k.kept, 0) <> case when o.status in ('PAID', 'PRODUCTION', 'SHIPPED', 'COMPLETED') or o.paid_at is not null then 1 else 0 end`,
}
