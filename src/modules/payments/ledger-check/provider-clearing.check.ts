import type { LedgerCheck } from './ledger-check.js'

export const providerClearing: LedgerCheck = {
  rule: 'what lies with a provider is what was paid through it less what it gave back',
  count: 'select count(distinct provider) from payments',
  difference: `
    select 'provider ' || provider || ', ' || currency as id, (-coalesce(p.held, 0))::text as expected, coalesce(a.balance, 0)::text as found
    from (
      select provider, currency, sum(amount - refunded_amount) as held from payments
      where status in ('SUCCEEDED', 'PARTIALLY_REFUNDED', 'REFUNDED') and provider <> 'BALANCE' group by 1, 2) p
    full join (
      select a.provider, a.currency, sum(l.amount) as balance from ledger_accounts a join ledger_lines l on l.account_id = a.id
      where a.kind = 'PROVIDER_CLEARING' group by 1, 2) a using (provider, currency)
    where coalesce(a.balance, 0) <> -coalesce(p.held, 0)`,
}
