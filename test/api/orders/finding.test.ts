import { beforeAll, describe, expect, it } from 'vitest'
import { openAccount, type TestAccount } from '../../testkit/account.js'
import { ORDERS } from './operations.js'
import { openOrderDesk } from './order-desk.js'

const FIRST_ORDERS = /* GraphQL */ `
  query FirstOrders($filter: OrderFilter) { orders(filter: $filter, first: 20) { nodes { id number } } }`

const desk = await openOrderDesk()
const manager = await openAccount(desk.server, 'MANAGER')

describe('among many orders', () => {
  const factories: string[] = []
  let factory: TestAccount

  // One in a hundred is being printed; all were due long ago, as old orders are.
  beforeAll(async () => {
    for (let count = 0; count < 5; count++) factories.push(await desk.addFactory({ capacity: 100 }))
    factory = await desk.staffOf(factories[0] ?? '')
    await desk.prisma.$executeRaw`
      insert into orders (id, number, customer_id, status, subtotal_amount, rush_fee_amount, total_amount, factory_id, production_deadline, created_at, updated_at)
      select gen_random_uuid(), 'AT-2025-' || lpad(n::text, 6, '0'), ${desk.customer.id}::uuid,
        (case when n % 100 = 0 then 'PRODUCTION' else 'COMPLETED' end)::order_status, 100, 0, 100,
        (${factories}::text[])[1 + n % 5]::uuid, now() - n * interval '1 hour', now() - n * interval '1 hour', now()
      from generate_series(1, 10000) n`
    await desk.prisma.$executeRaw`vacuum analyze orders`
  })

  /** How the database runs the statement that the server sent for this list, whatever it is asked for. */
  const planOf = async ({ client }: TestAccount, filter: object) => {
    const sent = await desk.server.statements.during(() => client.get(FIRST_ORDERS, { filter }))
    const list = sent.find((text) => text.includes('from orders t where'))
    const { rows } = await desk.server.platform.database.pool.query(`explain (generic_plan, format json) ${list}`)
    return JSON.stringify(rows)
  }

  it.each([
    ['staff find what is late', () => manager, { overdue: true }, 'orders_status_created_at_id_idx'],
    ['a factory finds what is late', () => factory, { overdue: true }, 'orders_'],
    ['a customer finds the newest', () => desk.customer, {}, 'orders_'],
  ] as const)('%s through an index', async (_, person, filter, index) => {
    const plan = await planOf(person(), filter)
    expect(plan).toContain(index)
    expect(plan).not.toContain('Seq Scan')
  })

  // More often than PostgreSQL plans a prepared statement for its values: what it plans for any value walks all orders by time.
  it('staff find a number through an index, however often they look', async () => {
    const uses = async () => {
      const [index] = await desk.prisma.$queryRaw<{ uses: number }[]>`
        select idx_scan::int as uses from pg_stat_user_indexes where indexrelname = 'orders_number_letters_idx'`
      return index?.uses ?? 0
    }
    const before = await uses()
    for (let count = 0; count < 30; count++)
      await manager.client.get(FIRST_ORDERS, { filter: { search: `7f3k ${10 + count}` } })
    await expect.poll(uses, { timeout: 30_000 }).toBe(before + 30)
  }, 60_000)
})

it('pages go on where they stopped while orders are added', async () => {
  const buyer = await openAccount(desk.server)
  const placed: string[] = []
  const place = async () => (await desk.place({}, buyer)).id
  for (let count = 0; count < 6; count++) placed.unshift(await place())
  const seen: string[] = []
  let after: string | null = null
  for (let page = 0; page < 3; page++) {
    const { orders }: { orders: { nodes: { id: string }[]; pageInfo: { endCursor: string } } } = await buyer.client.get(
      ORDERS,
      { first: 2, after },
    )
    seen.push(...orders.nodes.map(({ id }) => id))
    after = orders.pageInfo.endCursor
    await place()
  }
  expect(seen).toEqual(placed)
})
