import type { LedgerCheck } from './ledger-check.js'

/** Money comes in on the source's side as a negative line: the provider's clearing, or the balance that paid. */
export const paymentsBooked: LedgerCheck = {
  rule: 'every paid payment came in once, with its amount, and no other did',
  count: 'select count(*) from payments',
  difference: `
    select 'payment ' || p.id as id, case when p.is_paid then '1 movement of ' || p.amount else 'no movement' end as expected,
      coalesce(b.movements, 0) || ' movements of ' || coalesce(b.amount, 0) as found
    from (select *, status in ('SUCCEEDED', 'PARTIALLY_REFUNDED', 'REFUNDED') as is_paid from payments) p
    left join (
      select x.payment_id, count(distinct x.id) as movements, -sum(l.amount) as amount
      from ledger_transactions x join ledger_lines l on l.transaction_id = x.id and l.amount < 0
      where x.payment_id is not null and x.kind in ('DEPOSIT', 'ORDER_PAYMENT', 'PLAN_PURCHASE') group by x.payment_id) b on b.payment_id = p.id
    where (coalesce(b.movements, 0), coalesce(b.amount, 0)) <> case when p.is_paid then (1::bigint, p.amount::numeric) else (0::bigint, 0::numeric) end`,
}
