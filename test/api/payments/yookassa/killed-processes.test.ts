import { afterAll, expect, test } from 'vitest'
import { openDatabase } from '../../../../src/platform/database/database.js'
import { startYooKassaSimulator } from '../../../simulators/yookassa/yookassa-simulator.js'
import { TestClient } from '../../../testkit/client.js'
import { createTestDatabase } from '../../../testkit/database.js'
import { type ServerProcess, spawnServer } from '../../../testkit/server-process.js'
import { addItem, addOrder } from '../../../testkit/shop-rows.js'
import { temporaryFolder } from '../../../testkit/temporary-folder.js'

const yookassa = await startYooKassaSimulator({ seed: 3 })
const { url } = await createTestDatabase()
const database = openDatabase({ url, maxConnections: 2 })
const { prisma } = database
afterAll(async () => {
  await yookassa.close()
  await database.close()
})

// One folder: the next process knows the tokens of the one before.
const env = { ...yookassa.env, DATABASE_URL: url, DATA_DIR: temporaryFolder() }
// Answers come so late that whoever waits for one is dead by then.
yookassa.faults.slowMs = 60_000

async function start(): Promise<ServerProcess> {
  const server = await spawnServer({ env })
  await server.says('Ready at')
  yookassa.deliveries.url = `${server.url}/webhooks/payments/yookassa`
  return server
}
const asked = (request: string) =>
  yookassa.calls.filter(({ method, url: { pathname } }) => `${method} ${pathname}`.startsWith(request)).length
async function killWhenAsked(server: ServerProcess, request: string): Promise<void> {
  const before = asked(request)
  await expect.poll(() => asked(request), { timeout: 20_000, interval: 20 }).toBe(before + 1)
  await server.stop('SIGKILL')
}

const REGISTER_PAYER = /* GraphQL */ `
  mutation RegisterPayer($input: RegisterInput!) { register(input: $input) { user { id } token { accessToken } } }`
const PAY_ONCE = /* GraphQL */ `
  mutation PayOnce($input: PayOrderInput!) { payOrder(input: $input) { id confirmationUrl } }`
const CALL_OFF = /* GraphQL */ `mutation CallOff($id: UUID!) { cancelOrder(id: $id) { status } }`

test('a process that is killed while YooKassa acts leaves one payment, one sale and one refund', {
  timeout: 240_000,
}, async () => {
  const first = await start()
  const { register } = await new TestClient(first).get<{
    register: { user: { id: string }; token: { accessToken: string } }
  }>(REGISTER_PAYER, { input: { email: 'payer@example.test', password: 'Adtime-test-1', displayName: 'Payer' } })
  const customerId = register.user.id
  const itemId = await addItem(prisma, { designerId: customerId })
  const orderId = await addOrder(prisma, { customerId, itemIds: [itemId], status: 'CREATED', createdAt: new Date() })
  const clientOf = (server: ServerProcess) => new TestClient(server, register.token.accessToken)
  const input = { orderId, idempotencyKey: 'pay-once' }

  // Killed between the call that opens the payment and its answer.
  yookassa.faults.next('slow', { on: 'POST /v3/payments' })
  const unanswered = clientOf(first)
    .ask(PAY_ONCE, { input })
    .catch(() => 'no answer')
  await killWhenAsked(first, 'POST /v3/payments')
  expect(await unanswered).toBe('no answer')
  const attempt = await prisma.payment.findFirstOrThrow({ where: { referenceId: orderId } })
  expect(attempt).toMatchObject({ status: 'PENDING', providerPaymentId: null })
  const second = await start()
  const { payOrder } = await clientOf(second).get<{ payOrder: { id: string } }>(PAY_ONCE, { input })
  expect(payOrder.id).toBe(attempt.id)
  const made = yookassa.paymentsOf(attempt.idempotenceKey)
  expect(made).toHaveLength(1)
  const id = made[0]?.id ?? ''

  // Killed while the notification's job reads the payment: another process takes the job up.
  yookassa.pay(id)
  yookassa.faults.next('slow', { on: `GET /v3/payments/${id}` })
  expect(await yookassa.deliveries.deliver()).toEqual([200])
  await killWhenAsked(second, `GET /v3/payments/${id}`)
  const third = await start()
  const orderStatus = async () => (await prisma.order.findUniqueOrThrow({ where: { id: orderId } })).status
  await expect.poll(orderStatus, { timeout: 60_000 }).toBe('PAID')

  // Killed between the call that gives the money back and its answer.
  yookassa.faults.next('slow', { on: 'POST /v3/refunds' })
  await clientOf(third).get(CALL_OFF, { id: orderId })
  await killWhenAsked(third, 'POST /v3/refunds')
  expect(yookassa.refundedOf(id)).toBe(100_000)
  const fourth = await start()
  const paymentStatus = async () => (await prisma.payment.findUniqueOrThrow({ where: { id: attempt.id } })).status
  await expect.poll(paymentStatus, { timeout: 60_000 }).toBe('REFUNDED')
  expect(yookassa.refundedOf(id)).toBe(100_000)
  expect(yookassa.refunds.of(id)).toHaveLength(1)
  const sums = await prisma.$queryRaw<{ sum: bigint }[]>`
    select sum(amount)::bigint as sum from ledger_lines l join ledger_accounts a on a.id = l.account_id where a.kind = 'PROVIDER_CLEARING'`
  expect(sums).toEqual([{ sum: 0n }])
  await fourth.stop()
})
