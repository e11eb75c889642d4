import { FEE_PERCENT } from '../demo/share-sale.js'
import { statements } from './bulk-step.js'

/** What each designer sold in the completed orders, none of which is refunded. */
const SALES = `
  create temp table bulk_sale on commit drop as
  select key, order_id, seller_id, at, amount, fee, amount - fee as earned, row_number() over (order by at, key) as place
  from (
    select o.n * 4 + min(l.position) as key, o.id as order_id, i.designer_id as seller_id, o.ended_at as at, sum(l.total_amount)::bigint as amount
    from bulk_order o
    join order_lines l on l.order_id = o.id
    join bulk_item i on i.id = l.item_id
    where o.status = 'COMPLETED' group by o.n, o.id, i.designer_id, o.ended_at) sold
  cross join lateral (select amount * $1::int / 100 as fee) platform`

const SHARES = `
  insert into sale_shares (id, purpose, reference_id, seller_id, amount, fee_percent, fee_amount, earned_amount, created_at)
  select pg_temp.id(at, 'share', key), 'ORDER', order_id, seller_id, amount, $1::int, fee, earned, at from bulk_sale order by place`

const ACCOUNTS = `
  insert into ledger_accounts (id, kind, owner_id, currency)
  select pg_temp.id($1, 'account ' || kind, n), kind::ledger_account_kind, owner_id, 'RUB'
  from (
    select 0 as n, 'PLATFORM_FEE' as kind, null::uuid as owner_id
    union all
    select n, kind, id from bulk_user cross join (values ('DESIGNER_PAYABLE'), ('CUSTOMER_BALANCE')) each (kind)
    where id in (select seller_id from bulk_sale)) account
  on conflict do nothing`

const TRANSACTIONS = `
  insert into ledger_transactions (id, kind, currency, order_id, occurred_at)
  select pg_temp.id(at, 'earning', key), 'DESIGNER_EARNING', 'RUB', order_id, at from bulk_sale order by place`

/** After all lines that are there, as those of the payments were: a millisecond later, whoever's the last is. */
const LINES = `
  insert into ledger_lines (id, transaction_id, account_id, amount, balance_after)
  select pg_temp.line_id(last.ms + 1, s.place * 8 + line.place), pg_temp.id(s.at, 'earning', s.key), a.id, line.amount,
    coalesce(a.balance, 0) + sum(line.amount) over (partition by a.id order by s.place, line.place)
  from bulk_sale s
  cross join lateral (values
    (0, 'REVENUE', null::uuid, -s.amount),
    (1, 'PLATFORM_FEE', null, s.fee),
    (2, 'DESIGNER_PAYABLE', s.seller_id, s.earned),
    (3, 'DESIGNER_PAYABLE', s.seller_id, -s.earned),
    (4, 'CUSTOMER_BALANCE', s.seller_id, s.earned)) line (place, kind, owner_id, amount)
  join (
    select id, kind::text, owner_id, balance from ledger_accounts
    left join (select account_id, sum(amount) as balance from ledger_lines group by account_id) booked on account_id = id
    where currency = 'RUB') a on a.kind = line.kind and a.owner_id is not distinct from line.owner_id
  cross join (select ('x' || substr(replace(id::text, '-', ''), 1, 12))::bit(48)::bigint as ms from ledger_lines order by id desc limit 1) last
  where line.amount <> 0`

/** Shares completed orders between the platform and the designers, as `earningMovement` does when nobody owes anything. */
export const earningsStep = statements('earnings', 8, ({ now }) => [
  [SALES, FEE_PERCENT],
  [SHARES, FEE_PERCENT],
  [ACCOUNTS, now],
  [TRANSACTIONS],
  [LINES],
])
