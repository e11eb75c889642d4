import { fastify } from 'fastify'
import pg from 'pg'
import { viewerOf } from './peers/viewer.js'

// The limit: what these answers cost on Fastify and PostgreSQL when nothing stands in between. One statement each, written by
// hand for exactly this answer; no GraphQL, no shape that a client could choose, no validation.

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: Number(process.env.POOL_SIZE) })

/** The answer of a statement that PostgreSQL prepares once per connection and whose only column is JSON. */
const answer = async (name: string, text: string, values: unknown[]): Promise<unknown> =>
  (await pool.query<{ data: unknown }>({ name, text, values })).rows[0]?.data

const money = (amount: string, currency: string) => `json_build_object('amount', ${amount}, 'currency', ${currency})`

const person = (row: string) => `json_build_object('id', ${row}.id, 'displayName', ${row}.display_name)`

const cursorOf = (rows: string) =>
  `(select encode(convert_to(json_build_array(created_at, id)::text, 'UTF8'), 'base64') from ${rows} order by created_at, id limit 1)`

const ORDER = `
  select json_build_object('order', json_build_object(
    'id', o.id, 'number', o.number, 'status', o.status, 'createdAt', o.created_at,
    'subtotal', ${money('o.subtotal_amount', 'o.currency')}, 'total', ${money('o.total_amount', 'o.currency')},
    'customer', (select json_build_object('id', u.id, 'displayName', u.display_name, 'email', u.email) from users u where u.id = o.customer_id),
    'lines', (select coalesce(json_agg(json_build_object('id', l.id, 'title', l.title, 'productType', l.product_type, 'quantity', l.quantity,
        'unitPrice', ${money('l.unit_amount', "'RUB'")}, 'total', ${money('l.total_amount', "'RUB'")}, 'print', l.print) order by l.position), '[]')
      from order_lines l where l.order_id = o.id),
    'payments', (select coalesce(json_agg(json_build_object('id', p.id, 'provider', p.provider, 'status', p.status,
        'amount', ${money('p.amount', 'p.currency')}, 'createdAt', p.created_at, 'paidAt', p.paid_at) order by p.created_at, p.id), '[]')
      from payments p where p.purpose = 'ORDER' and p.reference_id = o.id))) as data
  from orders o where o.id = $1 and o.customer_id = $2`

const ORDERS = `
  with found as (select * from orders where customer_id = $1 order by created_at desc, id desc limit $2::int + 1),
    kept as (select * from found order by created_at desc, id desc limit $2::int)
  select json_build_object('orders', json_build_object(
    'nodes', (select coalesce(json_agg(json_build_object(
        'id', o.id, 'number', o.number, 'status', o.status, 'createdAt', o.created_at, 'total', ${money('o.total_amount', 'o.currency')},
        'lines', (select coalesce(json_agg(json_build_object('id', l.id, 'title', l.title, 'quantity', l.quantity,
            'total', ${money('l.total_amount', "'RUB'")}) order by l.position), '[]') from order_lines l where l.order_id = o.id),
        'payments', (select coalesce(json_agg(json_build_object('id', p.id, 'status', p.status, 'amount', ${money('p.amount', 'p.currency')},
            'paidAt', p.paid_at) order by p.created_at, p.id), '[]') from payments p where p.purpose = 'ORDER' and p.reference_id = o.id),
        'messages', json_build_object('nodes', (select coalesce(json_agg(json_build_object('id', m.id, 'senderRole', m.sender_role,
            'body', m.body, 'createdAt', m.created_at, 'sender', (select ${person('u')} from users u where u.id = m.sender_id))), '[]')
          from (select * from chat_messages where order_id = o.id order by number desc limit 1) m)))
      order by o.created_at desc, o.id desc), '[]') from kept o),
    'pageInfo', json_build_object('hasNextPage', (select count(*) > $2 from found), 'endCursor', ${cursorOf('kept')}))) as data`

const ITEMS = `
  with found as (select * from marketplace_items where status = 'PUBLISHED' and price_amount >= $1 order by created_at desc, id desc limit $2::int + 1),
    kept as (select * from found order by created_at desc, id desc limit $2::int)
  select json_build_object('marketplaceItems', json_build_object(
    'nodes', (select coalesce(json_agg(json_build_object(
        'id', i.id, 'title', i.title, 'productType', i.product_type, 'price', ${money('i.price_amount', 'i.currency')},
        'rating', i.rating, 'reviewCount', i.review_count, 'tags', i.tags,
        'designer', (select ${person('u')} from users u where u.id = i.designer_id),
        'reviews', json_build_object('nodes', (select coalesce(json_agg(json_build_object('id', r.id, 'rating', r.rating, 'comment', r.comment,
            'createdAt', r.created_at, 'author', (select ${person('u')} from users u where u.id = r.author_id))), '[]')
          from (select * from reviews where item_id = i.id and is_visible order by created_at desc, id desc limit 3) r)))
      order by i.created_at desc, i.id desc), '[]') from kept i),
    'pageInfo', json_build_object('hasNextPage', (select count(*) > $2 from found), 'endCursor', ${cursorOf('kept')}))) as data`

const CREATE = 'select bench.create_order_json($1, $2) as data'

const app = fastify({ logger: false })

app.get<{ Params: { id: string } }>('/orders/:id', async ({ params, headers }) =>
  answer('order', ORDER, [params.id, await viewerOf(headers.authorization)]),
)
app.get<{ Querystring: { first: string } }>('/orders', async ({ query, headers }) =>
  answer('orders', ORDERS, [await viewerOf(headers.authorization), Number(query.first)]),
)
app.get<{ Querystring: { first: string; minPrice: string } }>('/items', async ({ query }) =>
  answer('items', ITEMS, [query.minPrice, Number(query.first)]),
)
app.post('/orders', async ({ body, headers }) =>
  answer('create', CREATE, [await viewerOf(headers.authorization), JSON.stringify(body)]),
)

await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
