import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { SignJWT } from 'jose'
import type { Pool } from 'pg'
import { newId } from '../../src/kernel/ids.js'

export interface BenchViewer {
  readonly id: string
  readonly token: string
}

/** Who asks for what: drawn from the loaded data, the same for every server. */
export interface BenchWorld {
  /** Customers with a full page of orders. */
  readonly readers: readonly BenchViewer[]
  /** Orders of the readers, with the token that may see them. */
  readonly orders: readonly { readonly id: string; readonly token: string }[]
  /** Accounts that only place orders, so that what they place is not in what readers read. */
  readonly buyers: readonly BenchViewer[]
  /** Published banners. */
  readonly banners: readonly string[]
  /** Prices to list items from. */
  readonly prices: readonly number[]
}

export interface SigningKey {
  /** PKCS#8. */
  readonly privatePem: string
  readonly kid: string
  readonly jwks: string
}

const READERS = 64
const BUYERS = 32
const ORDERS_A_READER = 20
const LIFETIME_S = 6 * 60 * 60
const BUYER = 'buyer%@bench-run.adtime.test'

/** A key for this run. Its id is its RFC 7638 thumbprint, as our server names its keys. */
export function newSigningKey(): SigningKey {
  const privatePem = generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString()
  const { n, e } = createPublicKey(privatePem).export({ format: 'jwk' })
  const kid = createHash('sha256')
    .update(JSON.stringify({ e, kty: 'RSA', n }))
    .digest('base64url')
  return { privatePem, kid, jwks: JSON.stringify({ keys: [{ kty: 'RSA', n, e, kid, alg: 'RS256', use: 'sig' }] }) }
}

/** @throws when nothing is loaded that the operations could ask for */
export async function makeBenchWorld(pool: Pool, key: SigningKey, pageSize: number): Promise<BenchWorld> {
  await removeTraces(pool)
  const signIn = (ids: readonly string[]) => Promise.all(ids.map((id) => viewerWith(pool, key, id)))
  const customers = await idsOf(
    pool,
    `select o.customer_id as id from orders o join users u on u.id = o.customer_id
     where u.role in ('USER', 'DESIGNER') and u.blocked_at is null and not u.is_guest
     group by 1 having count(*) > $1 order by md5(o.customer_id::text) limit $2`,
    [pageSize, READERS],
  )
  const readers = await signIn(customers)
  const tokens = new Map(readers.map(({ id, token }) => [id, token]))
  const { rows: orders } = await pool.query<{ id: string; customer_id: string }>(
    `select o.id, o.customer_id from unnest($1::uuid[]) as c (id) cross join lateral (
       select * from orders where customer_id = c.id order by created_at desc limit $2) o`,
    [customers, ORDERS_A_READER],
  )
  const buyers = await idsOf(
    pool,
    `insert into users (id, email, display_name, created_at)
     select gen_random_uuid(), replace($1, '%', n::text), 'Покупатель ' || n, now() from generate_series(1, $2::int) n returning id`,
    [BUYER, BUYERS],
  )
  const banners = await idsOf(
    pool,
    `select id from marketplace_items where status = 'PUBLISHED' and product_type = 'BANNER' and currency = 'RUB' and price_amount < 10000000
     order by md5(id::text) limit 512`,
    [],
  )
  const { rows: prices } = await pool.query<{ price: number }>(
    `select distinct percentile_disc(n / 100.0) within group (order by price_amount)::int as price
     from generate_series(1, 50) n, marketplace_items where status = 'PUBLISHED' group by n order by 1`,
  )
  const world: BenchWorld = {
    readers,
    orders: orders.map(({ id, customer_id }) => ({ id, token: tokens.get(customer_id) ?? '' })),
    buyers: await signIn(buyers),
    banners,
    prices: prices.map(({ price }) => price),
  }
  if (readers.length === 0 || banners.length < BUYERS || prices.length === 0)
    throw new Error('the loaded data is too small for the benchmark: run it again with --fresh')
  return world
}

/** Takes away what a run left behind: its sessions, its buyers and all that they ordered. */
export async function removeTraces(pool: Pool): Promise<void> {
  const buyers = `select id from users where email like '${BUYER}'`
  const orders = `select id from orders where customer_id in (${buyers})`
  const streams = `select 'order:' || id from (${orders}) o union all select 'orders-of:' || id from (${buyers}) b union all select 'chat:' || id from (${orders}) c`
  await pool.query(`delete from stream_events where stream in (${streams})`)
  await pool.query(`delete from event_streams where name in (${streams})`)
  await pool.query(`delete from orders where customer_id in (${buyers})`)
  await pool.query(`delete from users where email like '${BUYER}'`)
  await pool.query(`delete from sessions where user_agent = 'adtime-bench'`)
}

const idsOf = async (pool: Pool, sql: string, values: unknown[]): Promise<string[]> =>
  (await pool.query<{ id: string }>(sql, values)).rows.map(({ id }) => id)

// A session of the database and a token for it, as logging in would make them, without hashing passwords for a minute.
export async function viewerWith(pool: Pool, { privatePem, kid }: SigningKey, id: string): Promise<BenchViewer> {
  const sid = newId()
  await pool.query(
    `insert into sessions (id, user_id, user_agent, created_at, last_used_at) values ($1, $2, 'adtime-bench', now(), now())`,
    [sid, id],
  )
  const seconds = Math.floor(Date.now() / 1000)
  const token = await new SignJWT({ role: 'USER', scope: 'READ WRITE', sid, typ: 'access' })
    .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
    .setSubject(id)
    .setJti(newId())
    .setIssuer('adtime')
    .setAudience('adtime-api')
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + LIFETIME_S)
    .sign(createPrivateKey(privatePem))
  return { id, token }
}
