import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { TestClient } from '../testkit/client.js'
import { SEEDING_LIMIT_MS, seedDemoInto } from '../testkit/seed-demo-into.js'
import { startTestServer } from '../testkit/server.js'
import { brokenRules } from './seed-invariants.js'

const server = await startTestServer()
const { prisma } = server.platform.database
const probe = new pg.Client({ connectionString: server.databaseUrl })

beforeAll(async () => {
  await seedDemoInto(server)
  await probe.connect()
}, SEEDING_LIMIT_MS)
afterAll(() => probe.end())

const LOGIN = `mutation LoginToLeave($input: LoginInput!) { login(input: $input) { token { accessToken } } }`
const password = 'Adtime-demo-1'

async function signIn(name: string): Promise<TestClient> {
  const { login } = await new TestClient(server).get<{ login: { token: { accessToken: string } } }>(LOGIN, {
    input: { email: `${name}@adtime.test`, password },
  })
  return new TestClient(server, login.token.accessToken)
}

const LEAVE = 'mutation LeaveDemo($password: String) { deleteAccount(password: $password) }'

const EVERYTHING = /* GraphQL */ `
  query EverythingAfterwards($after: Cursor) {
    orders(first: 10, after: $after) {
      nodes {
        id status note
        deliveryAddress { recipient }
        customer { displayName email phone orders(first: 5) { nodes { id } } balance { amount } planSubscription { status } }
        lines { title item { designer { displayName } previews { url } } generation { images { url } } files { url } }
        history { type actor { displayName } }
        messages(first: 5) { nodes { body sender { displayName } } }
        review { rating author { displayName } }
        payments { status amount { amount } refunds { status } }
      }
      pageInfo { hasNextPage endCursor }
    }
  }`

it('when everybody of the demo leaves who may, no rule is broken and every order can be read', {
  timeout: 120_000,
}, async () => {
  const clients = new Map<string, TestClient>()
  for (const { id, email } of await prisma.user.findMany({ where: { role: { notIn: ['MANAGER', 'ADMIN'] } } }))
    clients.set(id, await signIn(email?.split('@')[0] ?? ''))
  const open = ['PAID', 'PRODUCTION', 'SHIPPED'] as const
  const orders = await prisma.order.findMany({
    where: { status: { in: [...open] } },
    include: { lines: { include: { item: true } } },
  })
  const busy = new Set(
    orders.flatMap(({ customerId, lines }) => [customerId, ...lines.map(({ item }) => item?.designerId)]),
  )
  const earned = new Set(
    (await prisma.saleShare.findMany({ select: { sellerId: true } })).map(({ sellerId }) => sellerId),
  )
  const leave = () =>
    Promise.all([...clients].map(async ([id, client]) => [id, await client.codeOf(LEAVE, { password })] as const))
  const first = await leave()
  for (const [id, code] of first) expect([id, code]).toEqual([id, busy.has(id) || earned.has(id) ? 'CONFLICT' : 'ok'])
  for (const [id, code] of first) if (code === 'ok') clients.delete(id)

  const manager = await signIn('manager')
  for (const { id, status } of orders)
    if (status === 'SHIPPED')
      await manager.get('mutation FinishBeforeLeaving($id: UUID!) { completeOrder(id: $id) { id } }', { id })
    else await manager.get('mutation CancelBeforeLeaving($id: UUID!) { cancelOrder(id: $id) { id } }', { id })
  await expect.poll(() => prisma.refund.count({ where: { status: 'PENDING' } }), { timeout: 20_000 }).toBe(0)
  // A customer has paid more in than was spent, and those whose designs were sold have earned.
  const rich = await prisma.$queryRaw<{ id: string }[]>`
    select a.owner_id::text as id from ledger_accounts a join ledger_lines l on l.account_id = a.id
    where a.owner_id is not null group by 1 having sum(l.amount) > 0`
  const sellers = await prisma.saleShare.findMany({ distinct: ['sellerId'], select: { sellerId: true } })
  expect(rich).toHaveLength(1 + sellers.length)
  const keepsMoney = (id: string) => rich.some((person) => person.id === id)
  for (const [id, code] of await leave()) expect([id, code]).toEqual([id, keepsMoney(id) ? 'CONFLICT' : 'ok'])
  expect(await prisma.user.count({ where: { deletedAt: { not: null } } })).toBeGreaterThan(6)
  expect(await brokenRules(probe)).toEqual({})

  let after: string | null = null
  do {
    const { orders: page }: { orders: { nodes: Order[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } =
      await manager.get(EVERYTHING, { after })
    for (const { customer, deliveryAddress, note } of page.nodes)
      if (customer.displayName === 'Удалённый аккаунт')
        expect({ customer, deliveryAddress, note }).toMatchObject({
          deliveryAddress: null,
          note: null,
          customer: { email: null, phone: null },
        })
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null
  } while (after)
})

interface Order {
  readonly customer: { readonly displayName: string }
  readonly deliveryAddress: object | null
  readonly note: string | null
}
