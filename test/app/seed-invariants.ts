import type pg from 'pg'

/** What must be true of every database. Each statement finds what breaks its rule. */
const RULES: Readonly<Record<string, string>> = {
  'the ledger sums to zero': `
    select transaction_id::text from ledger_lines group by transaction_id having sum(amount) <> 0`,
  'an account’s lines add up in the order of their ids': `
    select id::text from (
      select id, balance_after, sum(amount) over (partition by account_id order by id) as running from ledger_lines) line
    where balance_after <> running`,
  'no customer’s balance was ever overdrawn': `
    select l.id::text from ledger_lines l join ledger_accounts a on a.id = l.account_id
    where a.kind = 'CUSTOMER_BALANCE' and l.balance_after < 0`,
  'every payment that came in is booked once, every refund too': `
    select p.id::text from payments p
    left join lateral (select count(*) filter (where kind <> 'REFUND') as ins, count(*) filter (where kind = 'REFUND') as backs
      from ledger_transactions x where x.payment_id = p.id) booked on true
    where booked.ins <> (p.paid_at is not null)::int
      or booked.backs <> (select count(*) from refunds r where r.payment_id = p.id and r.status = 'SUCCEEDED')`,
  'a payment gives back what its refunds say': `
    select p.id::text from payments p
    where p.refunded_amount <> (select coalesce(sum(r.amount), 0) from refunds r where r.payment_id = p.id and r.status = 'SUCCEEDED')
      or p.status <> case when p.paid_at is null then p.status when p.refunded_amount = 0 then 'SUCCEEDED'
        when p.refunded_amount < p.amount then 'PARTIALLY_REFUNDED' else 'REFUNDED' end`,
  'the sandbox’s books agree with ours': `
    select p.id::text from payments p left join sandbox_payments s on s.id::text = p.provider_payment_id
    where p.provider = 'SANDBOX' and (s.id is null or s.amount <> p.amount or s.idempotence_key <> p.idempotence_key
      or (s.status = 'SUCCEEDED') <> (p.paid_at is not null)
      or p.refunded_amount <> (select coalesce(sum(r.amount), 0) from sandbox_refunds r where r.sandbox_payment_id = s.id))`,
  'an order was paid exactly when it says so': `
    select o.id::text from orders o
    where (o.paid_at is not null) <> exists (select from payments p
      where p.purpose = 'ORDER' and p.reference_id = o.id and p.paid_at = o.paid_at and p.amount = o.total_amount)
      or (o.status in ('PAID', 'PRODUCTION', 'SHIPPED', 'COMPLETED') and o.paid_at is null)
      or (o.status = 'CREATED' and o.paid_at is not null)`,
  'an order costs what its lines cost': `
    select o.id::text from orders o
    where o.subtotal_amount is distinct from (select sum(l.total_amount) from order_lines l where l.order_id = o.id)
      or exists (select from order_lines l where l.order_id = o.id and l.total_amount <> l.unit_amount * l.quantity)`,
  'an item’s rating is the average of its reviews': `
    select i.id::text from marketplace_items i
    left join lateral (select count(*) as count, avg(r.rating)::float8 as rating from reviews r where r.item_id = i.id and r.is_visible) r on true
    where i.review_count <> r.count or abs(i.rating - coalesce(r.rating, 0)) > 1e-9`,
  'an item’s sales are the lines of completed orders': `
    select i.id::text from marketplace_items i
    where i.sales_count <> (select count(*) from order_lines l join orders o on o.id = l.order_id where l.item_id = i.id and o.status = 'COMPLETED')`,
  'a review is of a completed order, by its customer, for its first item': `
    select r.id::text from reviews r join orders o on o.id = r.order_id
    where o.status <> 'COMPLETED' or r.author_id <> o.customer_id or r.item_id is distinct from
      (select l.item_id from order_lines l where l.order_id = o.id and l.item_id is not null order by l.position limit 1)`,
  'a factory’s load is the orders it produces': `
    select f.id::text from factories f
    where f.current_load <> (select count(*) from orders o where o.factory_id = f.id and o.status = 'PRODUCTION')`,
  'a factory prints what it was given': `
    select o.id::text from orders o join factories f on f.id = o.factory_id
    where exists (select from order_lines l where l.order_id = o.id and l.product_type <> 'DIGITAL' and not l.product_type = any (f.specializations))`,
  'an order’s events are numbered from 1 without gaps, and end where the order is': `
    select o.id::text from orders o
    left join lateral (select count(*) as count, max(number) as last from order_events e where e.order_id = o.id) e on true
    where e.count = 0 or e.count <> e.last
      or o.status <> (select to_status from order_events l where l.order_id = o.id and l.number = e.last)
      or e.last is distinct from (select s.last_number from event_streams s where s.name = 'order:' || o.id)`,
  'every change of status follows the one before': `
    select e.id::text from order_events e
    left join order_events before on before.order_id = e.order_id and before.number = e.number - 1
    where (e.type = 'STATUS_CHANGED' and e.from_status is distinct from before.to_status)
      or (e.type <> 'STATUS_CHANGED' and before.to_status is not null and e.to_status <> before.to_status)
      or e.occurred_at < before.occurred_at`,
  'a chat is numbered from 1 without gaps': `
    select o.id::text from orders o
    left join lateral (select count(*) as count, coalesce(max(number), 0) as last from chat_messages m where m.order_id = o.id) m on true
    where m.count <> m.last or m.last is distinct from coalesce((select s.last_number from event_streams s where s.name = 'chat:' || o.id), 0)`,
  'nobody has read beyond the end of a chat': `
    select r.order_id::text from chat_reads r
    where r.up_to > (select coalesce(max(m.number), 0) from chat_messages m where m.order_id = r.order_id)`,
  'the streams of customers count their orders’ events, those of factories exist for factories': `
    select s.name from event_streams s
    left join (select 'orders-of:' || o.customer_id as name, count(*) as events from order_events e join orders o on o.id = e.order_id group by o.customer_id) c
      on c.name = s.name
    left join factories f on s.name = 'orders-at:' || f.id
    where (s.name like 'orders-of:%' and s.last_number is distinct from c.events) or (s.name like 'orders-at:%' and f.id is null)`,
  'what is kept of a stream is contiguous up to its head': `
    select stream from stream_events e group by stream
    having count(*) <> max(number) - min(number) + 1
      or max(number) is distinct from (select last_number from event_streams s where s.name = stream)`,
  'what is left of a plan is what was not reserved': `
    select s.id::text from plan_subscriptions s
    where s.remaining_generations <> case s.tier when 'FREE' then 5 when 'PRO' then 50 else 200 end
      - (select count(*) from quota_reservations q where q.subscription_id = s.id and q.period_start = s.period_start and q.status <> 'RELEASED')`,
  'ids tell when a row was made': `
    select t.id::text from (
      select id, created_at from orders where status <> 'CREATED' union all select id, created_at from users union all select id, created_at from payments
      union all select id, created_at from reviews union all select id, created_at from chat_messages where event_id is null union all select id, created_at from marketplace_items) t
    where ('x' || substr(replace(t.id::text, '-', ''), 1, 12))::bit(48)::bigint <> round(extract(epoch from t.created_at) * 1000)
      or substr(t.id::text, 15, 1) <> '7'`,
  'nothing is of the future': `
    select o.id::text from orders o where greatest(o.created_at, o.updated_at, o.paid_at, o.shipped_at) > now() + interval '1 minute'`,
}

/** The rules that the database breaks, each with some of the rows that do. Empty for a sound one. */
export async function brokenRules(client: pg.Client): Promise<Record<string, unknown[]>> {
  const broken: Record<string, unknown[]> = {}
  for (const [rule, sql] of Object.entries(RULES)) {
    const { rows } = await client.query(`${sql} limit 3`)
    if (rows.length > 0) broken[rule] = rows
  }
  return broken
}
