import type { LedgerCheck } from './ledger-check.js'

export const paymentStatuses: LedgerCheck = {
  rule: 'a paid payment’s status says how much of it was given back, which is never more than it was',
  count: `select count(*) from payments where paid_at is not null`,
  difference: `
    select 'payment ' || id as id, expected, status || ' with ' || refunded_amount || ' of ' || amount || ' refunded' as found
    from (select *, case when refunded_amount = 0 then 'SUCCEEDED' when refunded_amount < amount then 'PARTIALLY_REFUNDED'
      when refunded_amount = amount then 'REFUNDED' else 'at most ' || amount end as expected from payments) p
    where case when status in ('SUCCEEDED', 'PARTIALLY_REFUNDED', 'REFUNDED') then status::text <> expected else refunded_amount <> 0 end`,
}
