import { statements } from './bulk-step.js'

const ORDERS_PER_FACTORY = 5_000
const MOST_FACTORIES = 40

/** @returns how many factories so many orders keep busy */
export const factoryCount = (orders: number): number =>
  Math.min(MOST_FACTORIES, Math.max(3, Math.ceil(orders / ORDERS_PER_FACTORY)))

/**
 * user000001@bench.adtime.test and so on: customers first, designers last; factory01@bench.adtime.test and so on work at the factories.
 * Customers joined one after another over two years, ever more of them; who makes and prints things was there before.
 */
export const peopleStep = statements('people', 3, ({ options: { users, designers, orders }, now, password }) => [
  [
    `create temp table bulk_user on commit drop as
     select n, pg_temp.id(created_at, 'user', n) as id, created_at, n > $1::bigint - $2::bigint as is_designer
     from generate_series(1, $1::bigint) n
     cross join lateral (select pg_temp.after($3, -86400 * case when n > $1::bigint - $2::bigint then 740 + 300 * pg_temp.rnd(n, 3)
       else 735 * (1 - (n - 1)::float8 / ($1::bigint - $2::bigint)) ^ 2 end) as created_at) joined`,
    users,
    designers,
    now,
  ],
  ['create unique index on bulk_user (n)'],
  [
    `create temp table bulk_factory on commit drop as
     select n, pg_temp.id(created_at, 'factory', n) as id, pg_temp.id(created_at, 'staff', n) as staff_id, created_at, 5 + (n % 5)::int as lead_time_days
     from generate_series(1, $1::bigint) n
     cross join lateral (select pg_temp.after($2, -86400 * (1050 + n)) as created_at) founded`,
    factoryCount(orders),
    now,
  ],
  [
    `insert into users (id, email, email_verified_at, display_name, role, created_at)
     select id, 'user' || lpad(n::text, 6, '0') || '@bench.adtime.test', created_at, pg_temp.person(n),
       case when is_designer then 'DESIGNER' else 'USER' end::role, created_at
     from bulk_user order by id`,
  ],
  [
    `insert into users (id, email, email_verified_at, display_name, role, factory_id, created_at)
     select staff_id, 'factory' || lpad(n::text, 2, '0') || '@bench.adtime.test', created_at, pg_temp.person(-n), 'FACTORY', id, created_at
     from bulk_factory`,
  ],
  [
    `insert into credentials (user_id, password_hash, pepper_version, updated_at)
     select id, $1, $2, created_at from (select id, created_at from bulk_user union all select staff_id, created_at from bulk_factory) account`,
    password.passwordHash,
    password.pepperVersion,
  ],
  ['analyze bulk_user'],
])
