import { priceOrder } from '../../../modules/orders/index.js'
import type { BulkContext, BulkStep } from './bulk-step.js'
import { chatSql } from './chat-sql.js'
import { DIGITAL_EVERY } from './items.step.js'
import { orderEventsSql } from './order-events-sql.js'
import { paymentsSql } from './payments-sql.js'
import { factoryCount } from './people.step.js'

const BATCH = 10_000
const DEADLINE_DAYS = 5
const RUSH_FEE = priceOrder([], DEADLINE_DAYS).rushFee.amount

const TABLE = `
  create temp table bulk_order (
    n bigint primary key, id uuid, customer_id uuid, status order_status, is_digital boolean, is_declined boolean, is_started boolean,
    factory_n bigint, created_at timestamptz, paid_at timestamptz, produced_at timestamptz, shipped_at timestamptz, ended_at timestamptz,
    span float8
  ) on commit drop`

/**
 * Orders come ever more often: half of them in the last half year, some this minute. What an order has become depends on its age, so that
 * nothing waits to be cancelled or completed by the server: CREATED are younger than 12 hours, SHIPPED younger than 14 days, and PAID have
 * nothing to print. Every order is younger than its customer and its designs. Months pass as fractions of `span`, so that all of an order
 * lies in the past.
 */
const DRAFT = `
  insert into bulk_order
  select n, pg_temp.id(created_at, 'order', n), customer.id, status, is_digital, pg_temp.rnd(n, 24) < 0.05, pg_temp.rnd(n, 26) < 0.5,
    case when status in ('PRODUCTION', 'SHIPPED', 'COMPLETED') and not is_digital then 1 + floor($6::bigint * pg_temp.rnd(n, 25))::bigint end,
    created_at,
    case when is_paid then paid_at end,
    case when status in ('PRODUCTION', 'SHIPPED', 'COMPLETED') and not is_digital then pg_temp.after(paid_at, least(60, age * 0.05)) end,
    case when status in ('SHIPPED', 'COMPLETED') and not is_digital then pg_temp.after(created_at, span * (0.35 + 0.1 * pg_temp.rnd(n, 27))) end,
    case when status = 'COMPLETED' and is_digital then paid_at
      when status = 'CANCELLED' and not is_paid then pg_temp.after(created_at, least(86400, span * 0.9))
      when status in ('COMPLETED', 'CANCELLED') then pg_temp.after(created_at, span * (0.6 + 0.3 * pg_temp.rnd(n, 28))) end,
    span
  from generate_series($1::bigint, $2::bigint) number (n)
  cross join lateral (select 30 + 730 * 86400.0 * (($3::bigint - n + pg_temp.rnd(n, 20)) / $3::bigint) ^ 2 as age,
    pg_temp.rnd(n, 21) < 0.12 as is_digital, pg_temp.rnd(n, 22) as dice) drawn
  cross join lateral (select pg_temp.after($4, -age) as created_at, least(age, 18 * 86400) as span, age / 86400 as days) told
  cross join lateral (select (case
    when is_digital and days < 3 and dice < 0.6 then case when days < 0.5 and dice < 0.3 then 'CREATED' else 'PAID' end
    when is_digital then case when dice < 0.92 then 'COMPLETED' else 'CANCELLED' end
    when days < 0.5 then case when dice < 0.45 then 'CREATED' when dice < 0.9 then 'PRODUCTION' else 'CANCELLED' end
    when days < 6 then case when dice < 0.7 then 'PRODUCTION' when dice < 0.85 then 'SHIPPED' else 'CANCELLED' end
    when days < 13 then case when dice < 0.1 then 'PRODUCTION' when dice < 0.7 then 'SHIPPED' when dice < 0.88 then 'COMPLETED' else 'CANCELLED' end
    when dice < 0.88 then 'COMPLETED' else 'CANCELLED' end)::order_status as status) become
  cross join lateral (select status <> 'CREATED' and not (status = 'CANCELLED' and pg_temp.rnd(n, 23) < 0.6) as is_paid,
    pg_temp.after(created_at, least(120 + 480 * pg_temp.rnd(n, 29), age * 0.2)) as paid_at) paying
  join lateral (select id from bulk_user u
    where u.n = 1 + floor(pg_temp.rnd(number.n, 30) ^ 1.3 * $5::bigint * (1 - sqrt(days / 735)))::bigint) customer on true`

/** One to four designs that were on sale by then, all printed or all DIGITAL. */
const LINES = `
  insert into order_lines (id, order_id, position, item_id, title, product_type, print, quantity, unit_amount, total_amount)
  select pg_temp.id(o.created_at, 'line', line.key), o.id, position, i.id, i.title, i.product_type::product_type, i.print, quantity, i.price, i.price * quantity
  from bulk_order o
  cross join lateral (select pg_temp.rnd(o.n, 31) as dice, date_part('epoch', $3::timestamptz - o.created_at) / 86400 as days) drawn
  cross join lateral generate_series(0, case when dice < 0.5 then 0 when dice < 0.75 then 1 when dice < 0.9 then 2 else 3 end) position
  cross join lateral (select o.n * 4 + position as key) line
  cross join lateral (select 1 + floor(pg_temp.rnd(line.key, 32) ^ 2 * $4::bigint * (1 - sqrt(days / 733)))::bigint as k,
    1 + floor(pg_temp.rnd(line.key, 33) ^ 2 * 3)::int as quantity) wish
  join bulk_item i on i.n = case when o.is_digital then greatest(${DIGITAL_EVERY}, k / ${DIGITAL_EVERY} * ${DIGITAL_EVERY})
    when k % ${DIGITAL_EVERY} = 0 then k - 1 else k end
  where o.n between $1::bigint and $2::bigint`

const ORDERS = `
  insert into orders (id, number, customer_id, status, subtotal_amount, rush_fee_amount, total_amount, delivery_address, deadline_days,
    factory_id, production_stage, production_deadline, tracking_number, cancellation_reason, paid_at, shipped_at, created_at, updated_at)
  select o.id, pg_temp.order_number(o.created_at, o.n), o.customer_id, o.status, subtotal, rush, subtotal + rush,
    case when not o.is_digital then jsonb_build_object('recipient', pg_temp.person(o.n), 'phone', '+79' || lpad((o.n * 7919 % 1000000000)::text, 9, '0'),
      'country', 'RU', 'city', pg_temp.pick('{Москва,Санкт-Петербург,Казань,Екатеринбург,Новосибирск,Тверь,Самара,Пермь}', o.n, 34),
      'street', pg_temp.pick('{ул. Ленина,ул. Садовая,Лесная ул.,пр. Мира,Набережная ул.,ул. Гагарина}', o.n, 35) || ', ' || 1 + o.n % 90,
      'postalCode', lpad((101000 + o.n * 37 % 590000)::text, 6, '0'), 'comment', null) end,
    case when is_rush then ${DEADLINE_DAYS} end,
    f.id, case when o.shipped_at is not null then 'READY' when f.id is null then null when o.is_started then 'IN_PROGRESS' else 'QUEUED' end::production_stage,
    o.produced_at + make_interval(days => f.lead_time_days),
    case when o.shipped_at is not null then 'RR' || lpad((o.n % 1000000000)::text, 9, '0') || 'RU' end,
    case when o.status = 'CANCELLED' then case when o.paid_at is null then 'It was not paid within 24 hours.' else 'Планы изменились.' end end,
    o.paid_at, o.shipped_at, o.created_at, coalesce(o.ended_at, o.shipped_at, o.produced_at, o.paid_at, o.created_at)
  from bulk_order o
  cross join lateral (select sum(l.total_amount)::bigint as subtotal from order_lines l where l.order_id = o.id) lines
  cross join lateral (select pg_temp.rnd(o.n, 36) < 0.15 as is_rush) hurry
  cross join lateral (select case when is_rush then $3::bigint else 0 end as rush) fee
  left join bulk_factory f on f.n = o.factory_n
  where o.n between $1::bigint and $2::bigint`

/** Orders with everything that belongs to one of them, batch by batch. */
export const ordersStep: BulkStep = {
  name: 'orders',
  weight: 60,
  async run(context, advance) {
    const { client, options } = context
    await client.query(TABLE)
    for (let first = 1; first <= options.orders; first += BATCH) {
      const last = Math.min(options.orders, first + BATCH - 1)
      advance((last - first + 1) / options.orders, await makeBatch(context, first, last))
    }
    await client.query('analyze bulk_order')
  },
}

async function makeBatch({ client, options, now }: BulkContext, first: number, last: number): Promise<number> {
  const { orders, users, designers, items } = options
  let rows = 0
  const run = async (sql: string, ...values: unknown[]) => {
    const { rowCount } = await client.query(sql, [first, last, ...values])
    rows += rowCount ?? 0
  }
  await run(DRAFT, orders, now, users - designers, factoryCount(orders))
  await run(LINES, now, items)
  await run(ORDERS, RUSH_FEE)
  await run(orderEventsSql)
  for (const sql of paymentsSql) await run(sql)
  for (const sql of chatSql) await run(sql)
  return rows
}
