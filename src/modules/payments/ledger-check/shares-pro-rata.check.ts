import type { LedgerCheck } from './ledger-check.js'

/** The rule of sale-share.ts once more, in SQL. Whole numbers divide downwards there and here. */
export const sharesProRata: LedgerCheck = {
  rule: 'a share is its part of what was kept of the payment, and the fee its percentage of that',
  count: 'select count(*) from sale_shares',
  difference: `
    select 'share ' || id as id, shared * fee_percent / 100 || ' fee, ' || shared - shared * fee_percent / 100 || ' earned' as expected,
      fee_amount || ' fee, ' || earned_amount || ' earned' as found
    from (
      select s.*, case when p.paid > 0 then div(s.amount * (p.paid - p.refunded), p.paid)::bigint else 0 end as shared
      from sale_shares s
      cross join lateral (
        select coalesce(sum(p.amount), 0) as paid, coalesce(sum(p.refunded_amount), 0) as refunded from payments p
        where p.purpose = s.purpose and p.reference_id = s.reference_id and p.status in ('SUCCEEDED', 'PARTIALLY_REFUNDED', 'REFUNDED')
          and not exists (
            select from ledger_transactions x join ledger_lines l on l.transaction_id = x.id join ledger_accounts a on a.id = l.account_id
            where x.payment_id = p.id and a.kind = 'CUSTOMER_RECEIVABLE' and l.amount > 0)) p) share
    where fee_amount <> shared * fee_percent / 100 or fee_amount + earned_amount <> shared`,
}
