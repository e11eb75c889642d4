import type { Pool } from 'pg'
import type { BenchWorld } from '../bench-world.js'

const AT_ONCE = 16

const ORDER = /* GraphQL */ `mutation BenchOrder($input: CreateOrderInput!) { createOrder(input: $input) { id } }`
const PAY = /* GraphQL */ `mutation BenchPay($input: PayOrderInput!) { payOrder(input: $input) { id status } }`

/**
 * Orders of a DIGITAL design that wait for a webhook: their customers have paid at the sandbox, and nobody here knows yet.
 * @returns the sandbox's ids of the payments
 */
export async function payOrdersUnheard(
  { url, pool, world }: { readonly url: string; readonly pool: Pool; readonly world: BenchWorld },
  count: number,
): Promise<string[]> {
  const { rows: items } = await pool.query<{ id: string }>(
    `select id from marketplace_items where status = 'PUBLISHED' and product_type = 'DIGITAL' order by id limit 100`,
  )
  const payments: string[] = []
  let next = 0
  const buyer = async () => {
    for (let index = next++; index < count; index = next++) {
      const token = world.buyers[index % world.buyers.length]?.token ?? ''
      const itemId = items[index % items.length]?.id
      const call = (query: string, input: unknown) => callApi(url, token, query, { input })
      const { createOrder } = await call(ORDER, { lines: [{ itemId, quantity: 1 }] })
      const { payOrder } = await call(PAY, { orderId: createOrder?.id, provider: 'SANDBOX' })
      payments.push(payOrder?.id ?? '')
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, buyer))
  const { rows } = await pool.query<{ id: string }>(
    `update sandbox_payments set status = 'SUCCEEDED'
     where id::text in (select provider_payment_id from payments where id = any($1::uuid[])) returning id::text`,
    [payments],
  )
  if (rows.length !== count) throw new Error(`${rows.length} of ${count} payments are at the sandbox`)
  return rows.map(({ id }) => id)
}

/** How many of these are booked and have completed their order. */
export async function countSettled(pool: Pool, sandboxIds: readonly string[]): Promise<number> {
  const { rows } = await pool.query<{ settled: number }>(
    `select count(*)::int as settled from payments p join orders o on o.id = p.reference_id
     where p.provider_payment_id = any($1) and p.status = 'SUCCEEDED' and o.status = 'COMPLETED'`,
    [sandboxIds],
  )
  return rows[0]?.settled ?? 0
}

type Answer = Record<string, { id: string } | undefined>

async function callApi(url: string, token: string, query: string, variables: unknown): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = (await response.json()) as { data?: Answer; errors?: unknown[] }
  if (errors || !data) throw new Error(`the bench could not prepare an order: ${JSON.stringify(errors)}`)
  return data
}
