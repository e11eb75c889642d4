import { readFileSync } from 'node:fs'
import fastify from 'fastify'
import { GraphQLScalarType } from 'graphql'
import mercurius from 'mercurius'
import pg from 'pg'
import { viewerOf } from './viewer.js'

const INT8 = 20
pg.types.setTypeParser(INT8, Number)
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: Number(process.env.POOL_SIZE) })

/** Runs a statement that PostgreSQL prepares once per connection. */
const run = async (name, text, values) => (await pool.query({ name, text, values })).rows
const money = (amount, currency = 'RUB') => ({ amount, currency })

const ORDER = `id, number, status, created_at as "createdAt", customer_id, currency, subtotal_amount, total_amount, delivery_address as "deliveryAddress"`
const ITEM = `id, title, product_type as "productType", price_amount, currency, rating, review_count as "reviewCount", tags, designer_id, created_at`

const signedIn = ({ viewer }) => {
  if (!viewer) throw new mercurius.ErrorWithProps('Sign in first', { code: 'UNAUTHENTICATED' })
  return viewer
}

function page(rows, size) {
  const nodes = rows.slice(0, size)
  const last = nodes.at(-1)
  const endCursor = last
    ? Buffer.from(JSON.stringify([last.createdAt ?? last.created_at, last.id])).toString('base64url')
    : null
  return { nodes, pageInfo: { hasNextPage: rows.length > size, endCursor } }
}

const toIso = (value) => value.toISOString()

const resolvers = {
  DateTime: new GraphQLScalarType({ name: 'DateTime', serialize: toIso }),
  Query: {
    async order(_, { id }, context) {
      const [order] = await run('order', `select ${ORDER} from orders where id = $1 and customer_id = $2`, [
        id,
        signedIn(context),
      ])
      if (!order) throw new mercurius.ErrorWithProps('There is no such order', { code: 'NOT_FOUND' })
      return order
    },
    async orders(_, { first }, context) {
      const text = `select ${ORDER} from orders where customer_id = $1 order by created_at desc, id desc limit $2`
      return page(await run('orders', text, [signedIn(context), first + 1]), first)
    },
    async marketplaceItems(_, { filter, first }) {
      const text = `select ${ITEM} from marketplace_items where status = 'PUBLISHED' and price_amount >= $1 order by created_at desc, id desc limit $2`
      return page(await run('items', text, [filter?.minPrice ?? 0, first + 1]), first)
    },
  },
  Mutation: {
    async createOrder(_, { input }, context) {
      const [order] = await run('create', `select ${ORDER} from bench.create_order($1, $2)`, [
        signedIn(context),
        JSON.stringify(input),
      ])
      return order
    },
  },
  Order: {
    subtotal: (order) => money(order.subtotal_amount, order.currency),
    total: (order) => money(order.total_amount, order.currency),
  },
  OrderLine: {
    unitPrice: (line) => money(line.unit_amount),
    total: (line) => money(line.total_amount),
  },
  Payment: { amount: (payment) => money(payment.amount_minor, payment.currency) },
  User: { email: (user, _, context) => (user.id === context.viewer ? user.email : null) },
  MarketplaceItem: { price: (item) => money(item.price_amount, item.currency) },
}

/** One statement for all objects of a level: `rows` carry the id they belong to as `key`. */
function grouped(keys, rows) {
  const groups = new Map(keys.map((key) => [key, []]))
  for (const row of rows) groups.get(row.key)?.push(row)
  return keys.map((key) => groups.get(key))
}

function found(keys, rows) {
  const byId = new Map(rows.map((row) => [row.id, row]))
  return keys.map((key) => (key === null ? null : (byId.get(key) ?? null)))
}

const batch = (load) => ({ loader: load, opts: { cache: false } })
const keysOf = (queries, name) => queries.map(({ obj }) => obj[name])
const once = (keys) => [...new Set(keys.filter((key) => key !== null))]

const profiles = (name) =>
  batch(async (queries) => {
    const keys = keysOf(queries, name)
    return found(
      keys,
      await run('profiles', `select id, display_name as "displayName" from users where id = any($1)`, [once(keys)]),
    )
  })

const loaders = {
  Order: {
    customer: batch(async (queries) => {
      const keys = keysOf(queries, 'customer_id')
      return found(
        keys,
        await run('customers', `select id, display_name as "displayName", email from users where id = any($1)`, [
          once(keys),
        ]),
      )
    }),
    lines: batch(async (queries) => {
      const keys = keysOf(queries, 'id')
      const text = `select order_id as key, id, title, product_type as "productType", quantity, unit_amount, total_amount, print
        from order_lines where order_id = any($1) order by order_id, position`
      return grouped(keys, await run('lines', text, [keys]))
    }),
    payments: batch(async (queries) => {
      const keys = keysOf(queries, 'id')
      const text = `select reference_id as key, id, provider, status, amount as amount_minor, currency, created_at as "createdAt", paid_at as "paidAt"
        from payments where purpose = 'ORDER' and reference_id = any($1) order by reference_id, created_at, id`
      return grouped(keys, await run('payments', text, [keys]))
    }),
    messages: batch(async (queries) => {
      const keys = keysOf(queries, 'id')
      const text = `select o.id as key, m.* from unnest($1::uuid[]) as o (id) cross join lateral (
        select number, id, sender_role as "senderRole", body, created_at as "createdAt", sender_id
        from chat_messages where order_id = o.id order by number desc limit $2) m order by o.id, m.number`
      return grouped(keys, await run('messages', text, [keys, queries[0].params.last])).map((nodes) => ({ nodes }))
    }),
  },
  ChatMessage: { sender: profiles('sender_id') },
  MarketplaceItem: {
    designer: profiles('designer_id'),
    reviews: batch(async (queries) => {
      const keys = keysOf(queries, 'id')
      const text = `select i.id as key, r.* from unnest($1::uuid[]) as i (id) cross join lateral (
        select id, rating, comment, created_at as "createdAt", author_id
        from reviews where item_id = i.id and is_visible order by created_at desc, id desc limit $2) r`
      return grouped(keys, await run('reviews', text, [keys, queries[0].params.first])).map((nodes) => ({ nodes }))
    }),
  },
  Review: { author: profiles('author_id') },
}

const app = fastify({ logger: false })
await app.register(mercurius, {
  schema: readFileSync(new URL('mercurius.schema.graphql', import.meta.url), 'utf8'),
  resolvers,
  loaders,
  jit: 1,
  context: async (request) => ({ viewer: await viewerOf(request.headers.authorization) }),
})
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
