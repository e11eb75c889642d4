import { afterAll, describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { openPaymentShop } from './payment-shop.js'
import { postWebhook, sendWebhook, signed } from './sandbox-hands.js'

const shop = await openPaymentShop({ withWorker: false })
const customer = await shop.openAccount()
const payment = await shop.pay(customer, await shop.placeOrder(customer))
const { prisma } = shop.platform.database

const settle = (deliveryId: string) =>
  shop.jobs['payments.settle']?.({ deliveryId } as never, { isLastAttempt: false } as never)
const delivered = (eventId: string) => prisma.webhookDelivery.findFirst({ where: { eventId } })

const EVENT = JSON.stringify({
  id: newId(),
  type: 'payment.succeeded',
  createdAt: '',
  object: { type: 'payment', id: payment.providerPaymentId },
})

afterAll(() => prisma.$executeRaw`alter table if exists webhook_deliveries_away rename to webhook_deliveries`)

describe('a webhook that is not believed', () => {
  it.each([
    ['without a signature', 401, () => postWebhook(shop, EVENT)],
    ['with a signature of other bytes', 401, () => postWebhook(shop, EVENT, signed(shop, `${EVENT} `))],
    ['signed six minutes ago', 401, () => sendWebhook(shop, payment, { at: new Date(Date.now() - 360_000) })],
    ['that is no JSON', 400, () => postWebhook(shop, '{"id":', signed(shop, '{"id":'))],
    ['without a body', 400, () => postWebhook(shop, '')],
    ['that is no event', 400, () => postWebhook(shop, '[]', signed(shop, '[]'))],
    ['of two megabytes', 413, () => postWebhook(shop, `"${'x'.repeat(2 * 1024 * 1024)}"`)],
    ['of an unknown provider', 404, () => postWebhook(shop, EVENT, {}, 'paypal')],
    ['of a provider that is not configured', 404, () => postWebhook(shop, EVENT, {}, 'stripe')],
  ])('%s is answered with %d and a problem document, and not stored', async (_what, status, send) => {
    const response = await send()
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
    expect(await response.json()).toMatchObject({ type: 'about:blank', status, title: expect.any(String) })
    expect(await prisma.webhookDelivery.count()).toBe(0)
  })
})

describe('the inbox', () => {
  it('answers a duplicate with 200 and stores it once, with one job', async () => {
    const id = newId()
    const answers = await Promise.all(Array.from({ length: 8 }, () => sendWebhook(shop, payment, { id })))
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200))
    const stored = await prisma.webhookDelivery.findMany({ where: { eventId: id } })
    expect(stored).toMatchObject([{ status: 'RECEIVED', provider: 'SANDBOX', eventType: 'payment.succeeded' }])
    const jobs = await prisma.$queryRaw`select id from graphile_worker.jobs where task_identifier = 'payments.settle'`
    expect(jobs).toHaveLength(1)
  })

  it('takes every webhook of a rush but the one that the database cannot keep', async () => {
    const ids = Array.from({ length: 60 }, () => newId())
    const bodies = ids.map((id, index) => `{"id":"${id}","type":"moon.full"${index === 30 ? ',"half":"\\ud800"' : ''}}`)
    const answers = await Promise.all(bodies.map((body) => postWebhook(shop, body, signed(shop, body))))
    expect(answers.map(({ status }) => status)).toEqual(ids.map((_, index) => (index === 30 ? 503 : 200)))
    const stored = await prisma.webhookDelivery.findMany({ where: { eventId: { in: ids } } })
    expect(stored.map(({ eventId }) => eventId).toSorted()).toEqual(ids.filter((_, index) => index !== 30).toSorted())
    const deliveryIds = stored.map(({ id }) => id)
    const [jobs] = await prisma.$queryRaw<{ count: bigint }[]>`
      select count(distinct payload->>'deliveryId') from graphile_worker._private_jobs
      where payload->>'deliveryId' = any(${deliveryIds})`
    expect(jobs?.count).toBe(59n)
  })

  it('keeps an event of an unknown kind and ignores it', async () => {
    const id = newId()
    const body = JSON.stringify({ id, type: 'moon.full' })
    expect((await postWebhook(shop, body, signed(shop, body))).status).toBe(200)
    await settle((await delivered(id))?.id ?? '')
    expect(await delivered(id)).toMatchObject({ status: 'IGNORED', attempts: 1 })
  })

  it('keeps an event about a payment that is not ours, and says what failed about it', async () => {
    const id = newId()
    await sendWebhook(shop, { ...payment, providerPaymentId: newId() }, { id })
    await expect(settle((await delivered(id))?.id ?? '')).rejects.toThrow('knows no payment')
    expect(await delivered(id)).toMatchObject({
      status: 'RECEIVED',
      attempts: 1,
      error: expect.stringContaining('knows no payment'),
    })
  })

  it('read by two jobs at once, or again after a crash, an event settles once', async () => {
    const id = newId()
    await sendWebhook(shop, payment, { id })
    await prisma.sandboxPayment.update({
      where: { id: payment.providerPaymentId ?? '' },
      data: { status: 'SUCCEEDED' },
    })
    const deliveryId = (await delivered(id))?.id ?? ''
    await Promise.all([settle(deliveryId), settle(deliveryId), settle(deliveryId)])
    await prisma.webhookDelivery.update({ where: { id: deliveryId }, data: { status: 'RECEIVED' } })
    await settle(deliveryId)
    expect(shop.seller.accepted).toEqual([payment.id])
    expect(await prisma.ledgerTransaction.count({ where: { paymentId: payment.id } })).toBe(1)
  })

  it('that cannot store answers 503, so that the provider repeats', async () => {
    await prisma.$executeRaw`alter table webhook_deliveries rename to webhook_deliveries_away`
    const response = await sendWebhook(shop, payment)
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ status: 503 })
  })
})
