import { afterAll, expect, test } from 'vitest'
import { openDatabase } from '../../../src/platform/database/database.js'
import { startYooKassaSimulator } from '../../simulators/yookassa/yookassa-simulator.js'
import { TestClient } from '../../testkit/client.js'
import { createTestDatabase } from '../../testkit/database.js'
import { type ServerProcess, spawnServer } from '../../testkit/server-process.js'
import { temporaryFolder } from '../../testkit/temporary-folder.js'
import { agePlan } from './age-plan.js'
import { SUBSCRIBE } from './plan-desk.js'

const yookassa = await startYooKassaSimulator({ seed: 14 })
const { url } = await createTestDatabase()
const database = openDatabase({ url, maxConnections: 4 })
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

const REGISTER_SUBSCRIBER = /* GraphQL */ `
  mutation RegisterSubscriber($input: RegisterInput!) { register(input: $input) { user { id } token { accessToken } } }`
const soon = { timeout: 60_000, interval: 20 }

test('a process that is killed after it wrote a renewal, and one that is killed while YooKassa charges it, make one charge', {
  timeout: 240_000,
}, async () => {
  const first = await start()
  const input = { email: 'subscriber@example.test', password: 'Adtime-test-1', displayName: 'Subscriber' }
  const { register } = await new TestClient(first).get<{
    register: { user: { id: string }; token: { accessToken: string } }
  }>(REGISTER_SUBSCRIBER, { input })
  const userId = register.user.id
  const plan = () => prisma.planSubscription.findUniqueOrThrow({ where: { userId } })
  await new TestClient(first, register.token.accessToken).get(SUBSCRIBE, { tier: 'PRO' })
  const { providerPaymentId } = await prisma.payment.findFirstOrThrow({ where: { userId } })
  yookassa.pay(providerPaymentId ?? '')
  await yookassa.deliveries.deliver()
  await expect.poll(async () => (await plan()).tier, soon).toBe('PRO')
  const { paidUntil } = await plan()
  await prisma.planSubscription.update({ where: { userId }, data: { nextStepAt: paidUntil } })
  await agePlan(prisma, userId, 30)

  // Killed between the purchase and its charge, which this lock does not let be written.
  const renewal = () => prisma.planPurchase.findFirst({ where: { subscription: { userId }, kind: 'RENEWAL' } })
  const payments = () => prisma.payment.findMany({ where: { userId, NOT: { chargedMethodId: null } } })
  await prisma.$transaction(
    async (tx) => {
      await tx.$executeRaw`lock table payments in exclusive mode`
      await prisma.$executeRaw`select graphile_worker.add_job('keep-plans', '{}'::json)`
      await expect.poll(renewal, soon).not.toBeNull()
      await first.stop('SIGKILL')
    },
    { timeout: 60_000 },
  )
  expect(await payments()).toEqual([])
  expect(await plan()).toMatchObject({ renewalTries: 1 })

  // Killed between the charge and its answer.
  const charges = () =>
    yookassa.calls.filter(({ method, body }) => method === 'POST' && body.includes('payment_method_id')).length
  yookassa.faults.next('slow', { on: 'POST /v3/payments' })
  const second = await start()
  await expect.poll(charges, soon).toBe(1)
  await second.stop('SIGKILL')
  const [payment] = await payments()
  expect(payment).toMatchObject({ status: 'PENDING', providerPaymentId: null })

  const third = await start()
  await expect.poll(async () => (await plan()).renewalTries, soon).toBe(0)
  await expect.poll(async () => (await payments()).map(({ status }) => status), soon).toEqual(['SUCCEEDED'])
  expect(await payments()).toHaveLength(1)
  expect(yookassa.paymentsOf(payment?.idempotenceKey ?? '')).toMatchObject([{ isPaid: true }])
  expect(await plan()).toMatchObject({ tier: 'PRO', status: 'ACTIVE', remainingGenerations: 50 })
  await third.stop()
})
