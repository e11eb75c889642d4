import type { MoneyWorld } from './money-world.js'

/** What all scripts together have brought about: one in which nothing happens proves nothing. */
export async function tallyOf({ database: { pool } }: MoneyWorld): Promise<Record<string, number>> {
  const { rows } = await pool.query<{ what: string; count: number }>(`
    select purpose || ' ' || provider || ' ' || status as what, count(*)::int as count from payments group by 1
    union all select 'order ' || status, count(*)::int from orders group by 1
    union all select 'refund ' || status, count(*)::int from refunds group by 1
    union all select 'held', count(*)::int from payments where not capture and paid_at is not null
    union all select 'unwanted', count(*)::int from ledger_lines l join ledger_accounts a on a.id = l.account_id
      where a.kind = 'CUSTOMER_RECEIVABLE' and l.amount > 0 and (select kind from ledger_transactions where id = l.transaction_id) in ('ORDER_PAYMENT', 'PLAN_PURCHASE')
    union all select 'webhook ' || provider || ' ' || status, count(*)::int from webhook_deliveries group by 1
    order by 1`)
  return Object.fromEntries(rows.map(({ what, count }) => [what, count]))
}
