const TIME_TO_PAY = `interval '30 minutes'`
const REFUNDED_AT = 'pg_temp.after(o.ended_at, least(90, o.span * 0.04))'
const RANGE = 'o.n between $1::bigint and $2::bigint'

// A declined attempt is the first one, half way to the payment that followed; both were decided as soon as they were made.
const ATTEMPTS = `(
  select o.n * 2 as key, o.id as order_id, o.customer_id, o.total_amount, o.number, 'CANCELED'::payment_status as status, 'CANCELED'::sandbox_payment_status as told,
    pg_temp.after(o.created_at, date_part('epoch', coalesce(o.paid_at, o.created_at) - o.created_at) / 2) as at
  from numbered o where o.is_declined
  union all
  select o.n * 2 + 1, o.id, o.customer_id, o.total_amount, o.number, case when o.status = 'CANCELLED' then 'REFUNDED' else 'SUCCEEDED' end::payment_status, 'SUCCEEDED', o.paid_at
  from numbered o where o.paid_at is not null) attempt`

const NUMBERED = `with numbered as (
  select o.*, placed.total_amount, placed.number from bulk_order o join orders placed on placed.id = o.id where ${RANGE})`

/** The attempts to pay the orders `$1` to `$2`, the refunds of those called off, and the sandbox's books of both. */
export const paymentsSql = [
  `${NUMBERED}
  insert into payments (id, user_id, provider, status, purpose, reference_id, amount, refunded_amount, description, idempotence_key,
    provider_payment_id, failure_reason, created_at, paid_at, expires_at)
  select pg_temp.id(at, 'payment', key), customer_id, 'SANDBOX', status, 'ORDER', order_id, total_amount,
    case when status = 'REFUNDED' then total_amount else 0 end, 'AdTime order ' || number, pg_temp.id(at, 'attempt', key),
    pg_temp.id(at, 'sandbox', key)::text, case when status = 'CANCELED' then 'The payment was declined.' end, at,
    case when status <> 'CANCELED' then at end, at + ${TIME_TO_PAY}
  from ${ATTEMPTS}`,
  `${NUMBERED}
  insert into sandbox_payments (id, idempotence_key, status, amount, currency, description, created_at)
  select pg_temp.id(at, 'sandbox', key), pg_temp.id(at, 'attempt', key), told, total_amount, 'RUB', 'AdTime order ' || number, at
  from ${ATTEMPTS}`,
  `${NUMBERED}
  insert into refunds (id, payment_id, amount, currency, status, reason, idempotence_key, provider_refund_id, created_at, settled_at)
  select pg_temp.id(o.ended_at, 'refund', o.n), pg_temp.id(o.paid_at, 'payment', o.n * 2 + 1), o.total_amount, 'RUB', 'SUCCEEDED',
    'Планы изменились.', pg_temp.id(o.ended_at, 'giving', o.n), pg_temp.id(${REFUNDED_AT}, 'given', o.n)::text, o.ended_at, ${REFUNDED_AT}
  from numbered o where o.status = 'CANCELLED' and o.paid_at is not null`,
  `${NUMBERED}
  insert into sandbox_refunds (id, idempotence_key, sandbox_payment_id, amount, created_at)
  select pg_temp.id(${REFUNDED_AT}, 'given', o.n), pg_temp.id(o.ended_at, 'giving', o.n), pg_temp.id(o.paid_at, 'sandbox', o.n * 2 + 1),
    o.total_amount, ${REFUNDED_AT}
  from numbered o where o.status = 'CANCELLED' and o.paid_at is not null`,
]
