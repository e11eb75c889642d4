import { describe, expect, it } from 'vitest'
import { openYooKassaShop } from './yookassa-shop.js'

const shop = await openYooKassaShop({ env: { TRUSTED_PROXIES: '10.0.0.0/8' } })
const { yookassa } = shop
const strict = await openYooKassaShop({
  withWorker: false,
  env: { YOOKASSA_ALLOWED_ADDRESSES: '185.71.76.0/27,2a02:5180::/32' },
})
const usual = await openYooKassaShop({ withWorker: false, env: { YOOKASSA_ALLOWED_ADDRESSES: '' } })
const proxied = await openYooKassaShop({
  withWorker: false,
  env: { TRUSTED_PROXIES: '127.0.0.1', YOOKASSA_ALLOWED_ADDRESSES: '185.71.76.0/27,2a02:5180::/32' },
})
const { prisma } = shop.platform.database
const URL = `${shop.url}/webhooks/payments/yookassa`

const body = (event: string, object: object) => JSON.stringify({ type: 'notification', event, object })
const post = (text: string, headers: Record<string, string> = {}, url = URL) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: text })
const stored = (eventId: string) => prisma.webhookDelivery.findMany({ where: { eventId } })
const untilRead = (eventId: string) =>
  shop.eventually(async () => {
    const [delivery] = await stored(eventId)
    if (!delivery?.processedAt) throw new Error(`${eventId} is ${delivery?.status ?? 'not here'}`)
  })

describe('who may send', () => {
  it('only the addresses of the list; 403 with a problem document for others, and nothing is stored', async () => {
    const { payment, id } = await strict.opened()
    const response = await post(
      body('payment.succeeded', { id }),
      { 'x-forwarded-for': '185.71.76.1', forwarded: 'for=185.71.76.1', 'x-real-ip': '185.71.76.1' },
      `${strict.url}/webhooks/payments/yookassa`,
    )
    expect(response.status).toBe(403)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
    expect(await strict.platform.database.prisma.webhookDelivery.count()).toBe(0)
    expect(await strict.statusOf(payment)).toBe('PENDING')
  })

  it('the published addresses unless told: this machine is none of them', async () => {
    expect(
      (await post(body('payment.succeeded', { id: 'a' }), {}, `${usual.url}/webhooks/payments/yookassa`)).status,
    ).toBe(403)
  })

  it('the address that a trusted proxy reports, and only its word: what a client claims before it does not count', async () => {
    const send = (forwarded: string) =>
      post(
        body('moon.full', { id: 'b' }),
        { 'x-forwarded-for': forwarded },
        `${proxied.url}/webhooks/payments/yookassa`,
      )
    expect((await send('185.71.76.31')).status).toBe(200)
    expect((await send('::ffff:185.71.76.31')).status).toBe(200)
    expect((await send('2a02:5180::7')).status).toBe(200)
    expect((await send('185.71.76.32')).status).toBe(403)
    expect((await send('2a02:5181::7')).status).toBe(403)
    // A client that forges the header, and the proxy that adds where it really came from.
    expect((await send('185.71.76.1, 203.0.113.9')).status).toBe(403)
    expect((await send('not-an-address')).status).toBe(403)
  })
})

describe('what may be sent', () => {
  it.each([
    ['malformed JSON', '{"type":', 400],
    ['nothing', '', 400],
    ['an array', '[]', 400],
    ['no notification', JSON.stringify({ type: 'error', event: 'payment.succeeded', object: { id: 'x' } }), 400],
    ['an object without id', body('payment.succeeded', { status: 'succeeded' }), 400],
    ['an id that is a path', body('payment.succeeded', { id: '../payments?limit=100' }), 400],
    ['two megabytes', `"${'x'.repeat(2 * 1024 * 1024)}"`, 413],
  ])('%s is refused and not stored', async (_what, text, status) => {
    const before = await prisma.webhookDelivery.count()
    const response = await post(text)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ type: 'about:blank', status })
    expect(await prisma.webhookDelivery.count()).toBe(before)
  })

  it('an event of tomorrow is stored, answered with 200 and ignored', async () => {
    expect((await post(body('payout.succeeded', { id: 'po-1' }))).status).toBe(200)
    await untilRead('payout.succeeded:po-1')
    expect(await stored('payout.succeeded:po-1')).toMatchObject([{ status: 'IGNORED', eventType: 'payout.succeeded' }])
  })

  it('a payment of the same shop that is not ours is ignored', async () => {
    const { id } = yookassa.payments.create({
      amount: { value: '5.00', currency: 'RUB' },
      capture: true,
      metadata: {},
      confirmation: { type: 'redirect', return_url: 'https://elsewhere.example' },
      save_payment_method: false,
    })
    yookassa.pay(id)
    await yookassa.deliveries.deliver()
    await untilRead(`payment.succeeded:${id}`)
    expect(await stored(`payment.succeeded:${id}`)).toMatchObject([{ status: 'IGNORED' }])
  })
})

describe('what is believed', () => {
  it('nothing in the body: a payment that is said to be paid is read anew, and is not', async () => {
    const { payment, id } = await shop.opened()
    const lie = { id, status: 'succeeded', paid: true, amount: { value: '100.00', currency: 'RUB' } }
    expect((await post(body('payment.succeeded', lie))).status).toBe(200)
    await untilRead(`payment.succeeded:${id}`)
    expect(await shop.statusOf(payment)).toBe('PENDING')
    expect(shop.seller.accepted).not.toContain(payment.id)
    // The real one is a duplicate now: what is asked soon finds it.
    const { nextCheckAt } = await shop.payment(payment.id)
    expect((nextCheckAt?.getTime() ?? Number.POSITIVE_INFINITY) - Date.now()).toBeLessThan(31_000)
    yookassa.pay(id)
    expect(await yookassa.deliveries.deliver()).toEqual([200])
    await shop.runJob('payments.check', { paymentId: payment.id })
    expect(await shop.statusOf(payment)).toBe('SUCCEEDED')
  })

  it('fifty copies at once are one delivery and one sale', async () => {
    const { payment, id } = await shop.opened()
    yookassa.pay(id)
    expect(new Set(await yookassa.deliveries.deliver({ copies: 50 }))).toEqual(new Set([200]))
    await shop.untilStatus(payment, 'SUCCEEDED')
    expect(await stored(`payment.succeeded:${id}`)).toHaveLength(1)
    expect(shop.seller.accepted.filter((one) => one === payment.id)).toHaveLength(1)
    expect(await prisma.ledgerTransaction.count({ where: { paymentId: payment.id } })).toBe(1)
  })

  it('old news after new: a hold that comes after its capture changes nothing', async () => {
    const { payment, id } = await shop.opened({ hold: true })
    yookassa.pay(id)
    yookassa.payments.capture(id)
    await yookassa.deliveries.deliver({ order: 'reversed' })
    await shop.untilStatus(payment, 'SUCCEEDED')
    await untilRead(`payment.waiting_for_capture:${id}`)
    await yookassa.deliveries.deliverAgain({
      copies: 5,
      order: 'shuffled',
      only: ({ id: event }) => event.endsWith(id),
    })
    expect(await shop.statusOf(payment)).toBe('SUCCEEDED')
    expect(await prisma.ledgerTransaction.count({ where: { paymentId: payment.id } })).toBe(1)
    expect(shop.callsUnder(`capture-${payment.id}`)).toEqual([])
  })

  it('a failure to read is shown, and the delivery is read again until it works', async () => {
    const { payment, id } = await shop.opened()
    yookassa.pay(id)
    yookassa.faults.next('error-not-applied', { on: `GET /v3/payments/${id}`, times: 1 })
    await yookassa.deliveries.deliver()
    await shop.eventually(async () =>
      expect(await stored(`payment.succeeded:${id}`)).toMatchObject([
        { status: 'RECEIVED', error: expect.stringContaining('YooKassa answered 500') },
      ]),
    )
    await shop.untilStatus(payment, 'SUCCEEDED')
    expect(await stored(`payment.succeeded:${id}`)).toMatchObject([{ status: 'PROCESSED', attempts: 2, error: null }])
  })

  it('a refund that is told of before its answer came is booked once', async () => {
    const { order, payment, id } = await shop.paid()
    yookassa.refunds.outcome = 'pending'
    const refundId = await shop.refund(order, 2_500n)
    await shop.eventually(async () => expect((await shop.refundRow(refundId)).providerRefundId).not.toBeNull())
    yookassa.refunds.outcome = 'succeeded'
    yookassa.refunds.settle((await shop.refundRow(refundId)).providerRefundId ?? '', 'succeeded')
    await yookassa.deliveries.deliver({ copies: 10 })
    await shop.untilStatus(payment, 'PARTIALLY_REFUNDED')
    expect(await shop.payment(payment.id)).toMatchObject({ refundedAmount: 2_500n })
    expect(yookassa.refundedOf(id)).toBe(2_500)
  })
})
