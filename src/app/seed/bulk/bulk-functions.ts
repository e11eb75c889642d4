import type pg from 'pg'
import { NUMBER_ALPHABET } from '../../../modules/orders/index.js'

// All numbers below this one begin with another letter than the alphabet's last, which is the demo's.
const NUMBERS = (NUMBER_ALPHABET.length - 1) * NUMBER_ALPHABET.length ** 5
// Has no factor in common with NUMBERS, so that a product with it visits every number once.
const STRIDE = 7_654_321

/** Functions of this connection, all of them deterministic: the same row number always gives the same. */
export async function createBulkFunctions(client: pg.Client): Promise<void> {
  const letters = [5, 4, 3, 2, 1, 0].map(
    (place) =>
      `substr('${NUMBER_ALPHABET}', 1 + (k / ${NUMBER_ALPHABET.length ** place} % ${NUMBER_ALPHABET.length})::int, 1)`,
  )
  await client.query(`
    -- A number from 0 up to 1. The salt tells what it is for.
    create function pg_temp.rnd(n bigint, salt int) returns float8 language sql immutable parallel safe as $$
      select ((hashint8extended(n, salt) >> 11) & 9007199254740991)::float8 / 9007199254740992 $$;
    -- One of an array.
    create function pg_temp.pick(choices text[], n bigint, salt int) returns text language sql immutable parallel safe as $$
      select choices[1 + floor(pg_temp.rnd(n, salt) * cardinality(choices))::int] $$;
    -- A UUIDv7 of that moment.
    create function pg_temp.id(at timestamptz, kind text, n bigint) returns uuid language sql immutable parallel safe as $$
      select (lpad(to_hex((date_part('epoch', at) * 1000)::bigint), 12, '0') || '7' || substr(md5(kind || n), 1, 3) || '8' || substr(md5(kind || n), 4, 15))::uuid $$;
    -- The ids of ledger lines sort as they were booked: by this millisecond, then by the counter.
    create function pg_temp.line_id(ms bigint, counter bigint) returns uuid language sql immutable parallel safe as $$
      select (lpad(to_hex(ms), 12, '0') || '7' || substr(k, 1, 3) || '8' || substr(k, 4, 6) || substr(md5(ms || k), 1, 9))::uuid
      from (select lpad(to_hex(counter), 9, '0') as k) counted $$;
    -- So many seconds before or after, in whole milliseconds.
    create function pg_temp.after(at timestamptz, seconds float8) returns timestamptz language sql immutable parallel safe as $$
      select date_trunc('milliseconds', at + make_interval(secs => seconds)) $$;
    create function pg_temp.order_number(at timestamptz, n bigint) returns text language sql immutable parallel safe as $$
      select 'AT-' || extract(year from at at time zone 'UTC') || '-' || ${letters.join(' || ')}
      from (select (n * ${STRIDE} + 12345678) % ${NUMBERS} as k) number $$;
    create function pg_temp.person(n bigint) returns text language sql immutable parallel safe as $$
      select case when n % 2 = 0
        then pg_temp.pick('{Анна,Мария,Елена,Ольга,Дарья,Софья,Ирина,Полина,Вера,Юлия,Ксения,Алиса}', n, 1)
          || ' ' || pg_temp.pick('{Иванова,Петрова,Соколова,Лебедева,Козлова,Новикова,Морозова,Волкова,Зайцева,Павлова,Семёнова,Голубева}', n, 2)
        else pg_temp.pick('{Иван,Пётр,Сергей,Алексей,Дмитрий,Михаил,Андрей,Никита,Павел,Роман,Тимур,Олег}', n, 1)
          || ' ' || pg_temp.pick('{Иванов,Петров,Соколов,Лебедев,Козлов,Новиков,Морозов,Волков,Зайцев,Павлов,Семёнов,Голубев}', n, 2) end $$`)
}
