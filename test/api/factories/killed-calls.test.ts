import { afterAll, expect, test } from 'vitest'
import { openDatabase } from '../../../src/platform/database/database.js'
import { startFactorySimulator } from '../../simulators/factory/factory-simulator.js'
import { openAccount } from '../../testkit/account.js'
import { createTestDatabase } from '../../testkit/database.js'
import type { TestServer } from '../../testkit/server.js'
import { type ServerProcess, spawnServer } from '../../testkit/server-process.js'
import { addItem, addOrder } from '../../testkit/shop-rows.js'
import { temporaryFolder } from '../../testkit/temporary-folder.js'
import { ASSIGN } from '../orders/operations.js'
import { factoryInput, ROTATE, UPSERT } from './call-desk.js'

const endpoint = await startFactorySimulator()
const { url } = await createTestDatabase()
const database = openDatabase({ url, maxConnections: 2 })
const { prisma } = database
afterAll(async () => {
  await endpoint.close()
  await database.close()
})

// One folder: the next process knows the secrets of the one before.
const env = { DATABASE_URL: url, DATA_DIR: temporaryFolder(), PRIVATE_WEBHOOK_URLS: 'allow' }
const start = async (): Promise<ServerProcess> => (await spawnServer({ env })).says('Ready at')

test('a call whose process is killed before the answer is made again under its id, and once it is taken no more', {
  timeout: 240_000,
}, async () => {
  const first = await start()
  const { id: adminId, client } = await openAccount(
    { url: first.url, platform: { database } } as unknown as TestServer,
    'ADMIN',
  )
  const input = { ...factoryInput, webhookUrl: endpoint.url }
  await expect.poll(() => client.codeOf(UPSERT, { input: { ...input, capacity: 0 } })).toBe('BAD_USER_INPUT')
  const { upsertFactory } = await client.get<{ upsertFactory: { id: string } }>(UPSERT, { input })
  const factoryId = upsertFactory.id
  endpoint.secret = (
    await client.get<{ rotateFactoryWebhookSecret: string }>(ROTATE, { factoryId })
  ).rotateFactoryWebhookSecret

  endpoint.next('hang')
  const itemIds = [await addItem(prisma, { designerId: adminId })]
  const orderId = await addOrder(prisma, { customerId: adminId, itemIds, status: 'PAID' })
  // The server's own assignment may be first: there is one factory.
  await client.ask(ASSIGN, { orderId, factoryId })
  await expect.poll(() => endpoint.about(orderId).length, { timeout: 30_000, interval: 20 }).toBe(1)
  await first.stop('SIGKILL')
  endpoint.hangUp()
  expect(await prisma.factoryCall.findMany()).toMatchObject([{ status: 'PENDING', attempts: 0 }])

  const second = await start()
  const status = async () => (await prisma.factoryCall.findMany()).map((call) => call.status)
  await expect.poll(status, { timeout: 60_000, interval: 50 }).toEqual(['DELIVERED'])
  const calls = endpoint.about(orderId)
  expect(calls.map(({ id }) => id)).toEqual([calls[0]?.id, calls[0]?.id])
  expect(calls.map((call) => endpoint.verifies(call))).toEqual([true, true])
  expect((await second.stop()).code).toBe(0)
  expect(first.output + second.output).not.toContain(endpoint.secret)
})
