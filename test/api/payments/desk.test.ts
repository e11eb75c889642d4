import { createHmac } from 'node:crypto'
import { expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { openAccount } from '../../testkit/account.js'
import { startTestServer } from '../../testkit/server.js'

interface Delivery {
  readonly id: string
  readonly direction: string
  readonly provider: string
  readonly eventId: string
  readonly eventType: string
  readonly status: string
  readonly attempts: number
  readonly error: string | null
  readonly receivedAt: string
  readonly processedAt: string | null
}

const DELIVERY = '{ id direction provider eventId eventType status attempts error receivedAt processedAt }'
const DELIVERIES = `query Deliveries($first: Int, $after: Cursor) {
  admin { webhookDeliveries(first: $first, after: $after) { nodes ${DELIVERY} totalCount pageInfo { hasNextPage endCursor } } }
}`
const RETRY = `mutation RetryDelivery($id: UUID!) { retryWebhookDelivery(id: $id) ${DELIVERY} }`
const PAYMENTS = `query AllPayments($status: [PaymentStatus!]) {
  admin { payments(status: $status, first: 2) { nodes { id status amount { amount } } totalCount pageInfo { hasNextPage } } }
}`

interface Deliveries {
  readonly admin: {
    readonly webhookDeliveries: {
      readonly nodes: readonly Delivery[]
      readonly totalCount: number
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string }
    }
  }
}

const server = await startTestServer()
const { prisma } = server.platform.database
const manager = await openAccount(server, 'MANAGER')

/** A webhook of the sandbox, about a payment that the sandbox knows nothing of unless told. */
async function send(type: string, paymentId = newId()): Promise<string> {
  const id = newId()
  const object = { type: 'payment', id: paymentId, status: 'SUCCEEDED' }
  const body = JSON.stringify({ id, type, createdAt: new Date().toISOString(), object })
  const timestamp = String(Math.floor(Date.now() / 1_000))
  const key = server.platform.secrets.sandboxWebhookKey
  const mac = createHmac('sha256', key).update(`${timestamp}.${body}`).digest('hex')
  const response = await fetch(`${server.url}/webhooks/payments/sandbox`, {
    method: 'POST',
    headers: { 'adtime-sandbox-timestamp': timestamp, 'adtime-sandbox-signature': `v1=${mac}` },
    body,
  })
  expect(response.status).toBe(200)
  return id
}

async function deliveryOf(eventId: string): Promise<Delivery> {
  const { admin } = await manager.client.get<Deliveries>(DELIVERIES, { first: 100 })
  const found = admin.webhookDeliveries.nodes.find((delivery) => delivery.eventId === eventId)
  if (!found) throw new Error(`no delivery of ${eventId}`)
  return found
}

it('what a webhook came to stands at the desk, the latest first, page by page', async () => {
  const first = await send('moon.full')
  await expect.poll(async () => (await deliveryOf(first)).status, { timeout: 10_000 }).toBe('IGNORED')
  const second = await send('moon.new')
  const page = await manager.client.get<Deliveries>(DELIVERIES, { first: 1 })
  const { nodes, pageInfo, totalCount } = page.admin.webhookDeliveries
  expect(nodes[0]).toMatchObject({ direction: 'IN', provider: 'SANDBOX', eventId: second, eventType: 'moon.new' })
  expect(totalCount).toBe(2)
  const next = await manager.client.get<Deliveries>(DELIVERIES, { first: 1, after: pageInfo.endCursor })
  expect(next.admin.webhookDeliveries.nodes[0]?.eventId).toBe(first)
})

it('one that failed says why, and is read again when staff say so, which is written down', async () => {
  const paymentId = newId()
  const eventId = await send('payment.succeeded', paymentId)
  const failed = () => deliveryOf(eventId)
  await expect.poll(async () => (await failed()).attempts, { timeout: 10_000 }).toBe(1)
  const before = await failed()
  expect(before).toMatchObject({ status: 'RECEIVED', error: expect.stringContaining('knows no payment') })

  // What was wrong is mended: the sandbox knows the payment now, which is none of ours.
  await prisma.sandboxPayment.create({
    data: {
      id: paymentId,
      idempotenceKey: newId(),
      amount: 1n,
      currency: 'RUB',
      description: 'A payment',
      createdAt: new Date(),
    },
  })
  const { retryWebhookDelivery } = await manager.client.get<{ retryWebhookDelivery: Delivery }>(RETRY, {
    id: before.id,
  })
  // It may have been read before the answer was.
  expect(retryWebhookDelivery).toMatchObject({ id: before.id, status: expect.stringMatching(/RECEIVED|IGNORED/) })
  await expect.poll(async () => (await failed()).status, { timeout: 10_000 }).toBe('IGNORED')
  expect(await failed()).toMatchObject({ attempts: 2, error: null, processedAt: expect.any(String) })
  expect(await manager.client.codeOf(RETRY, { id: before.id })).toBe('INVALID_TRANSITION')
  const [deed] = await prisma.auditEntry.findMany({ where: { subjectId: before.id } })
  expect(deed).toMatchObject({ actorId: manager.id, action: 'webhook.retry', subjectType: 'WebhookDelivery' })
})

it('every attempt to pay stands at the desk, by status', async () => {
  const customer = await openAccount(server)
  const payments = (['PENDING', 'SUCCEEDED', 'CANCELED'] as const).map((status, minute) => ({
    id: newId(),
    userId: customer.id,
    provider: 'SANDBOX' as const,
    status,
    purpose: 'DEPOSIT' as const,
    amount: 100n,
    description: 'A deposit',
    idempotenceKey: newId(),
    createdAt: new Date(Date.UTC(2026, 0, 1, 0, minute)),
  }))
  await prisma.payment.createMany({ data: payments })
  const all = await manager.client.get<{ admin: { payments: object } }>(PAYMENTS)
  expect(all.admin.payments).toEqual({
    nodes: [
      { id: payments[2]?.id, status: 'CANCELED', amount: { amount: 100 } },
      { id: payments[1]?.id, status: 'SUCCEEDED', amount: { amount: 100 } },
    ],
    totalCount: 3,
    pageInfo: { hasNextPage: true },
  })
  const some = await manager.client.get<{ admin: { payments: object } }>(PAYMENTS, { status: ['PENDING'] })
  expect(some.admin.payments).toMatchObject({ nodes: [{ id: payments[0]?.id }], totalCount: 1 })
})

it('the desk is closed to everybody else', async () => {
  for (const role of ['USER', 'DESIGNER', 'FACTORY'] as const) {
    const { client } = await openAccount(server, role)
    expect(await client.codeOf(DELIVERIES)).toBe('FORBIDDEN')
    expect(await client.codeOf(RETRY, { id: newId() })).toBe('FORBIDDEN')
  }
})
