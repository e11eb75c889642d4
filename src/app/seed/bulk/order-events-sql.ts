/** The history of the orders `$1` to `$2`, numbered in the order of time. */
export const orderEventsSql = `
  insert into order_events (id, order_id, number, type, from_status, to_status, production_stage, actor_id, note, occurred_at)
  select pg_temp.id(at, 'event', o.n * 16 + place), o.id, row_number() over (partition by o.n order by place), type::order_event_type,
    from_status::order_status, to_status::order_status, stage::production_stage, actor, note, at
  from bulk_order o
  left join bulk_factory f on f.n = o.factory_n
  cross join lateral (values
    (1, o.created_at, 'CREATED', null, 'CREATED', null, o.customer_id, null),
    (2, case when o.is_declined then pg_temp.after(o.created_at, date_part('epoch', coalesce(o.paid_at, o.created_at) - o.created_at) / 2) end,
      'PAYMENT_FAILED', null, 'CREATED', null, null::uuid, 'The payment was declined.'),
    (3, o.paid_at, 'STATUS_CHANGED', 'CREATED', 'PAID', null, null, null),
    (4, o.paid_at, 'PAYMENT_SUCCEEDED', null, 'PAID', null, null, null),
    (5, o.produced_at, 'STATUS_CHANGED', 'PAID', 'PRODUCTION', 'QUEUED', null, null),
    (6, o.produced_at, 'FACTORY_ASSIGNED', null, 'PRODUCTION', 'QUEUED', null, null),
    (7, case when o.status = 'PRODUCTION' and o.is_started then pg_temp.after(o.produced_at, o.span * 0.05) end,
      'PRODUCTION_STAGE_CHANGED', null, 'PRODUCTION', 'IN_PROGRESS', f.staff_id, null),
    (8, o.shipped_at, 'STATUS_CHANGED', 'PRODUCTION', 'SHIPPED', 'READY', f.staff_id, null),
    (9, case when o.status = 'COMPLETED' then o.ended_at end, 'STATUS_CHANGED', case when o.is_digital then 'PAID' else 'SHIPPED' end, 'COMPLETED',
      case when not o.is_digital then 'READY' end, case when not o.is_digital then o.customer_id end, null),
    (10, case when o.status = 'CANCELLED' then o.ended_at end, 'STATUS_CHANGED', case when o.paid_at is null then 'CREATED' else 'PAID' end, 'CANCELLED',
      null, case when o.paid_at is not null then o.customer_id end,
      case when o.paid_at is null then 'It was not paid within 24 hours.' else 'Планы изменились.' end),
    (11, case when o.status = 'CANCELLED' and o.paid_at is not null then pg_temp.after(o.ended_at, least(90, o.span * 0.04)) end,
      'REFUNDED', null, 'CANCELLED', null, null, null)
  ) event (place, at, type, from_status, to_status, stage, actor, note)
  where o.n between $1::bigint and $2::bigint and at is not null`
