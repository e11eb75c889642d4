import { describe, expect, it } from 'vitest'
import type { Payment } from '../../../../src/generated/prisma/client.js'
import { bookedFor } from '../ledger-state.js'
import { postWebhook } from '../sandbox-hands.js'
import { openStripeShop } from './stripe-shop.js'

const shop = await openStripeShop({ seed: 7 })
const { stripe, customer } = shop
const { deliveries } = stripe
const { prisma } = shop.platform.database

const idOf = ({ providerPaymentId }: Payment): string => providerPaymentId ?? ''
const started = async () => shop.pay(customer, await shop.placeOrder(customer, 10_000n))

let made = 0
const eventOf = (type: string, object: object, id = `evt_made${++made}`): string =>
  JSON.stringify({ id, object: 'event', created: 1, livemode: false, type, data: { object } })
const EVENT = eventOf('checkout.session.completed', { id: 'cs_test_1', object: 'checkout.session' })

const send = (body: string, signature: string | null = stripe.sign(body)): Promise<Response> =>
  postWebhook(shop, body, signature === null ? {} : { 'stripe-signature': signature }, 'stripe')
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000)
const deliveryOf = (body: string) =>
  prisma.webhookDelivery.findFirst({ where: { eventId: (JSON.parse(body) as { id: string }).id } })
const processed = (body: string, status: 'PROCESSED' | 'IGNORED') =>
  shop.eventually(async () => expect((await deliveryOf(body))?.status).toBe(status))

describe('a webhook that Stripe did not send', () => {
  it.each([
    ['without a signature', 401, () => send(EVENT, null)],
    ['with an empty signature', 401, () => send(EVENT, '')],
    ['with a signature that is none', 401, () => send(EVENT, 'v1=,t=')],
    ['with a signature of nothing', 401, () => send(EVENT, `t=${Math.floor(Date.now() / 1_000)},v1=`)],
    ['signed for other bytes', 401, () => send(EVENT, stripe.sign(`${EVENT} `))],
    ['signed with another secret', 401, () => send(EVENT, stripe.sign(EVENT, { secret: 'whsec_other' }))],
    ['signed with the API key', 401, () => send(EVENT, stripe.sign(EVENT, { secret: stripe.secretKey }))],
    ['signed six minutes ago', 401, () => send(EVENT, stripe.sign(EVENT, { at: minutesAgo(6) }))],
    ['in the old scheme', 401, () => send(EVENT, stripe.sign(EVENT).replace('v1=', 'v0='))],
    [
      'signed six minutes ago, under a new time',
      401,
      () =>
        send(EVENT, stripe.sign(EVENT, { at: minutesAgo(6) }).replace(/t=\d+/, `t=${Math.floor(Date.now() / 1_000)}`)),
    ],
    ['that is no JSON', 400, () => send('{"id":')],
    ['that is no event', 400, () => send('{"id":"evt_1","object":"charge"}')],
    ['with NUL in it', 400, () => send(EVENT.replace('cs_test_1', '\\u0000'))],
    ['of two megabytes', 413, () => send(`"${'x'.repeat(2 * 1024 * 1024)}"`)],
  ])('%s is answered with %d and a problem document, and not stored', async (_what, status, sent) => {
    const response = await sent()
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
    expect(await deliveryOf(EVENT)).toBeNull()
  })

  it('signed four minutes ago is still believed', async () => {
    const body = eventOf('charge.succeeded', { id: 'ch_1', object: 'charge' })
    expect((await send(body, stripe.sign(body, { at: minutesAgo(4) }))).status).toBe(200)
  })

  it('signed with the old secret too, while Stripe changes it, is believed', async () => {
    const body = eventOf('charge.succeeded', { id: 'ch_1', object: 'charge' })
    const [, old = ''] = stripe.sign(body, { secret: 'whsec_old' }).split(',')
    expect((await send(body, `${stripe.sign(body)},${old}`)).status).toBe(200)
  })
})

describe('webhooks of Stripe', () => {
  it('fifty copies at once are one delivery, one job and one settlement', async () => {
    const payment = await started()
    stripe.pay(idOf(payment))
    deliveries.lose(({ type }) => type !== 'checkout.session.completed')
    const [webhook] = deliveries.waiting
    expect(await deliveries.deliver({ copies: 50 })).toEqual(Array(50).fill(200))
    await processed(webhook?.body ?? '', 'PROCESSED')
    expect(await prisma.webhookDelivery.count({ where: { eventId: webhook?.id ?? '' } })).toBe(1)
    expect(await prisma.webhookDelivery.findFirst({ where: { eventId: webhook?.id ?? '' } })).toMatchObject({
      attempts: 1,
    })
    expect(await bookedFor(shop, [payment.id])).toEqual({ PROVIDER_CLEARING: -10_000n, REVENUE: 10_000n })
  })

  it.each(['reversed', 'shuffled'] as const)(
    '%s, all at once and each thrice, settle a payment once',
    async (order) => {
      const payment = await started()
      stripe.decline(idOf(payment))
      stripe.pay(idOf(payment))
      await deliveries.deliver({ order, copies: 3 })
      await shop.eventually(async () => expect(shop.seller.accepted).toContain(payment.id))
      await shop.eventually(async () =>
        expect(await prisma.webhookDelivery.count({ where: { status: 'RECEIVED' } })).toBe(0),
      )
      expect(shop.seller.accepted.filter((id) => id === payment.id)).toHaveLength(1)
      expect(await prisma.ledgerTransaction.count({ where: { paymentId: payment.id } })).toBe(1)
    },
  )

  it('that tell an old story take nothing back', async () => {
    const payment = await started()
    stripe.decline(idOf(payment))
    const late = [...deliveries.waiting]
    deliveries.lose()
    stripe.pay(idOf(payment))
    await deliveries.deliver()
    await shop.eventually(async () => expect(await shop.statusOf(payment)).toBe('SUCCEEDED'))
    for (const webhook of late) deliveries.waiting.push(webhook)
    expect(await deliveries.deliver()).toEqual(late.map(() => 200))
    await processed(late.at(-1)?.body ?? '', 'PROCESSED')
    // An expiry that was made up: the page says otherwise when it is read.
    const lie = eventOf('checkout.session.expired', {
      id: idOf(payment),
      object: 'checkout.session',
      status: 'expired',
    })
    expect((await send(lie)).status).toBe(200)
    await processed(lie, 'PROCESSED')
    expect(await shop.statusOf(payment)).toBe('SUCCEEDED')
  })

  it('are not believed about what they say: only what is read anew counts', async () => {
    const payment = await started()
    const body = eventOf('checkout.session.completed', {
      id: idOf(payment),
      object: 'checkout.session',
      status: 'complete',
      payment_status: 'paid',
    })
    expect((await send(body)).status).toBe(200)
    await processed(body, 'PROCESSED')
    expect(await shop.statusOf(payment)).toBe('PENDING')
  })

  it.each([
    ['of a kind that means nothing here', eventOf('radar.early_fraud_warning.created', { id: 'issfr_1', object: 'x' })],
    ['of a kind that nobody knows yet', eventOf('moon.full', {})],
    ['about an object whose id leads elsewhere', eventOf('refund.updated', { id: 're_1/../../x', object: 'refund' })],
    ['about a refund that is not ours', eventOf('refund.updated', { id: 're_1', object: 'refund' })],
  ])('%s are stored, answered with 200 and ignored', async (_what, body) => {
    expect((await send(body)).status).toBe(200)
    await processed(body, 'IGNORED')
  })

  it("about another program's payment in the same account are ignored", async () => {
    const foreign = stripe.intents.open({
      amount: 999,
      currency: 'usd',
      capture_method: 'automatic_async',
      metadata: {},
    })
    stripe.intents.authorize(foreign)
    const [webhook] = deliveries.waiting.filter(({ type }) => type === 'payment_intent.succeeded')
    await deliveries.deliver()
    await processed(webhook?.body ?? '', 'IGNORED')
  })

  it('are read again after a failure: while Stripe is away the delivery says what is wrong', async () => {
    const payment = await started()
    stripe.pay(idOf(payment))
    deliveries.lose(({ type }) => type !== 'checkout.session.completed')
    const [webhook] = deliveries.waiting
    stripe.faults.next('rate-limited', { on: 'GET', times: 1 })
    await deliveries.deliver()
    await shop.eventually(async () =>
      expect(await deliveryOf(webhook?.body ?? '')).toMatchObject({
        attempts: 1,
        error: expect.stringContaining('rate'),
      }),
    )
    await processed(webhook?.body ?? '', 'PROCESSED')
    expect(await shop.statusOf(payment)).toBe('SUCCEEDED')
  })
})
