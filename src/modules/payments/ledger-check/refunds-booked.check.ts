import type { LedgerCheck } from './ledger-check.js'

/** What left for the provider, or came back onto the balance that paid: on the account where the payment came from. */
export const refundsBooked: LedgerCheck = {
  rule: 'what a payment gave back is what its refunds and their movements say',
  count: 'select count(*) from refunds',
  difference: `
    select 'payment ' || p.id as id, p.refunded_amount || ' refunded' as expected,
      coalesce(r.amount, 0) || ' by refunds, ' || coalesce(b.amount, 0) || ' in the ledger' as found
    from payments p
    left join (select payment_id, sum(amount) as amount from refunds where status = 'SUCCEEDED' group by payment_id) r on r.payment_id = p.id
    left join (
      select x.payment_id, sum(l.amount) as amount
      from ledger_transactions x join payments p on p.id = x.payment_id
      join ledger_lines l on l.transaction_id = x.id join ledger_accounts a on a.id = l.account_id
      where x.kind in ('REFUND', 'ADJUSTMENT') and a.kind = case when p.provider = 'BALANCE' then 'CUSTOMER_BALANCE' else 'PROVIDER_CLEARING' end::ledger_account_kind
      group by x.payment_id) b on b.payment_id = p.id
    where p.refunded_amount <> coalesce(r.amount, 0) or p.refunded_amount <> coalesce(b.amount, 0)`,
}
