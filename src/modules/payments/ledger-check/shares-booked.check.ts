import type { LedgerCheck } from './ledger-check.js'

/** What is released to the balance leaves the payable account in the same movement: together they are what was earned. */
export const sharesBooked: LedgerCheck = {
  rule: 'a share is booked as its sale says: what each seller earned, and the platform’s fees',
  count: 'select count(*) from sale_shares',
  difference: `
    with lines as (
      select x.order_id, a.kind, a.owner_id, l.amount
      from ledger_transactions x join ledger_lines l on l.transaction_id = x.id join ledger_accounts a on a.id = l.account_id
      where x.kind = 'DESIGNER_EARNING' and a.kind in ('DESIGNER_PAYABLE', 'CUSTOMER_BALANCE', 'PLATFORM_FEE')),
    shares as (select * from sale_shares where purpose = 'ORDER')
    (select 'seller ' || seller_id || ' of order ' || reference_id as id, coalesce(s.amount, 0)::text as expected, coalesce(b.amount, 0)::text as found
     from (select reference_id, seller_id, earned_amount as amount from shares) s
     full join (select order_id as reference_id, owner_id as seller_id, sum(amount) as amount from lines where kind <> 'PLATFORM_FEE' group by 1, 2) b
       using (reference_id, seller_id)
     where coalesce(s.amount, 0) <> coalesce(b.amount, 0))
    union all
    (select 'fee of order ' || reference_id, coalesce(s.amount, 0)::text, coalesce(b.amount, 0)::text
     from (select reference_id, sum(fee_amount) as amount from shares group by 1) s
     full join (select order_id as reference_id, sum(amount) as amount from lines where kind = 'PLATFORM_FEE' group by 1) b using (reference_id)
     where coalesce(s.amount, 0) <> coalesce(b.amount, 0))`,
}
