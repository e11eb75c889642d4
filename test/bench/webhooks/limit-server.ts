import { fastify } from 'fastify'
import pg from 'pg'

// The limit: what it costs to take a webhook and keep it when nothing is verified and nothing follows.

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 })
await pool.query(
  'create table if not exists bench_inbox (id bigserial primary key, event_id text unique, body jsonb not null)',
)

const app = fastify({ logger: false })

app.post<{ Body: { id: string } }>('/webhooks/payments/sandbox', async ({ body }) => {
  await pool.query({
    name: 'store',
    text: 'insert into bench_inbox (event_id, body) values ($1, $2) on conflict do nothing',
    values: [body.id, JSON.stringify(body)],
  })
  return { received: true }
})

await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' })
