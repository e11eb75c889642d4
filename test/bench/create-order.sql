-- createOrder for the servers beside ours, as one call: what our server checks and writes for an order of items, and no less.
create schema if not exists bench;

create or replace function bench.new_id() returns uuid language sql volatile as $$
  select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing
    substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
$$;

create or replace function bench.order_number() returns text language sql volatile as $$
  select 'AT-' || to_char(now() at time zone 'UTC', 'YYYY') || '-' || string_agg(substr('34679ACDEFGHJKMNPQRTUWXY', 1 + floor(random() * 24)::int, 1), '')
  from generate_series(1, 6)
$$;

create or replace function bench.append_event(stream_name text, subject uuid) returns bigint language plpgsql volatile as $$
declare
  last bigint;
begin
  insert into public.event_streams as s (name, last_number) values (stream_name, 1)
    on conflict (name) do update set last_number = s.last_number + 1 returning last_number into last;
  insert into public.stream_events (stream, number, subject_id, occurred_at) values (stream_name, last, subject, now());
  return last;
end $$;

create or replace function bench.create_order(viewer_id uuid, input jsonb) returns public.orders language plpgsql volatile as $$
declare
  placed public.orders;
  event_id uuid := bench.new_id();
  rush bigint := case when (input->>'deadlineDays')::int < 7 then 20000 else 0 end;
  subtotal bigint;
  known int;
  priced jsonb;
begin
  select coalesce(sum(i.price_amount * line.quantity), 0), count(*),
    jsonb_agg(jsonb_build_object('position', line.position - 1, 'item', i.id, 'title', i.title, 'type', i.product_type, 'print', line.print,
      'quantity', line.quantity, 'unit', i.price_amount))
  into subtotal, known, priced
  from rows from (jsonb_to_recordset(input->'lines') as ("itemId" uuid, quantity int, print jsonb)) with ordinality as line (item_id, quantity, print, position)
  join public.marketplace_items i on i.id = line.item_id and i.status = 'PUBLISHED' and i.currency = 'RUB'
  where i.product_type = 'DIGITAL' or (line.print is not null and input->'deliveryAddress' is not null);
  if known = 0 or known <> jsonb_array_length(input->'lines') then raise exception 'a line cannot be ordered'; end if;

  loop
    insert into public.orders (id, number, customer_id, status, currency, subtotal_amount, rush_fee_amount, discount_amount, total_amount,
      delivery_address, note, deadline_days, created_at, updated_at)
    values (bench.new_id(), bench.order_number(), viewer_id, 'CREATED', 'RUB', subtotal, rush, 0, subtotal + rush,
      input->'deliveryAddress', input->>'note', (input->>'deadlineDays')::int, now(), now())
    on conflict (number) do nothing returning * into placed;
    exit when placed.id is not null;
  end loop;

  insert into public.order_lines (id, order_id, position, item_id, title, product_type, print, quantity, unit_amount, total_amount)
  select bench.new_id(), placed.id, position, item, title, type, print, quantity, unit, unit * quantity
  from jsonb_to_recordset(priced) as (position int, item uuid, title text, type public.product_type, print jsonb, quantity int, unit bigint);

  perform bench.append_event('orders-of:' || viewer_id, event_id);
  insert into public.order_events (id, order_id, number, type, to_status, actor_id, occurred_at)
  values (event_id, placed.id, bench.append_event('order:' || placed.id, event_id), 'CREATED', 'CREATED', viewer_id, now());
  return placed;
end $$;

-- Views for PostGraphile, which lists what SQL lists: the payments of orders, and the published items from a price on.
create or replace view bench.order_payments as
  select id, reference_id as order_id, provider, status, amount, currency, created_at, paid_at from public.payments where purpose = 'ORDER';

create or replace function bench.published_items(min_price bigint) returns setof public.marketplace_items language sql stable as $$
  select * from public.marketplace_items where status = 'PUBLISHED' and price_amount >= min_price order by created_at desc, id desc
$$;

create or replace function bench.create_order_json(viewer_id uuid, input jsonb) returns json language plpgsql volatile as $$
declare
  placed public.orders := bench.create_order(viewer_id, input);
begin
  return json_build_object('createOrder', json_build_object(
    'id', placed.id, 'number', placed.number, 'status', placed.status, 'createdAt', placed.created_at,
    'subtotal', json_build_object('amount', placed.subtotal_amount, 'currency', placed.currency),
    'total', json_build_object('amount', placed.total_amount, 'currency', placed.currency),
    'deliveryAddress', json_build_object('recipient', placed.delivery_address->'recipient', 'city', placed.delivery_address->'city',
      'street', placed.delivery_address->'street'),
    'lines', (select json_agg(json_build_object('id', l.id, 'title', l.title, 'productType', l.product_type, 'quantity', l.quantity,
        'unitPrice', json_build_object('amount', l.unit_amount, 'currency', 'RUB'),
        'total', json_build_object('amount', l.total_amount, 'currency', 'RUB'), 'print', l.print) order by l.position)
      from public.order_lines l where l.order_id = placed.id)));
end $$;
