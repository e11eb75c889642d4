import { afterEach, describe, expect, it } from 'vitest'
import type { Payment } from '../../../../src/generated/prisma/client.js'
import { money } from '../../../../src/kernel/money.js'
import { bookedFor, brokenLines } from '../ledger-state.js'
import { openStripeShop } from './stripe-shop.js'

let offset = 0
const shop = await openStripeShop({ clock: { now: () => new Date(Date.now() + offset) } })
const { stripe, customer } = shop
const { prisma } = shop.platform.database

afterEach(() => {
  offset = 0
  stripe.deliveries.lose()
})

const idOf = ({ providerPaymentId }: Payment): string => providerPaymentId ?? ''
const started = async (more = {}) => shop.pay(customer, await shop.placeOrder(customer, 220_000n), more)
const becomes = (payment: Payment, status: Payment['status']) =>
  shop.eventually(async () => expect(await shop.statusOf(payment)).toBe(status))
const refundBecomes = (id: string, status: string) =>
  shop.eventually(async () => expect((await prisma.refund.findUnique({ where: { id } }))?.status).toBe(status))

describe('a payment through Stripe', () => {
  it('is a page over the whole sum, and settles once with its webhooks', async () => {
    const payment = await started({ returnUrl: 'https://shop.example/thanks' })
    expect(payment).toMatchObject({ provider: 'STRIPE', status: 'PENDING' })
    expect(payment.confirmationUrl).toMatch(stripe.url)
    expect(stripe.sessions.read(idOf(payment))).toMatchObject({
      amount_total: 220_000,
      currency: 'rub',
      client_reference_id: payment.id,
      metadata: { adtime_payment: payment.id },
      success_url: 'https://shop.example/thanks',
    })
    stripe.pay(idOf(payment))
    expect(new Set(await stripe.deliveries.deliver())).toEqual(new Set([200]))
    await becomes(payment, 'SUCCEEDED')
    await shop.eventually(async () => expect(shop.seller.accepted).toContain(payment.id))
    expect(await bookedFor(shop, [payment.id])).toEqual({ PROVIDER_CLEARING: -220_000n, REVENUE: 220_000n })
  })

  it('is the default for every currency where it is alone, before the sandbox', async () => {
    const order = await shop.placeOrder(customer)
    const payment = await shop.pay(customer, order, { amount: money(5_000n, 'EUR') })
    expect(payment).toMatchObject({ provider: 'STRIPE', currency: 'EUR' })
    expect((await shop.pay(customer, order, { provider: 'SANDBOX' })).provider).toBe('SANDBOX')
  })

  it('can be paid in a browser: the page takes another card after a declined one', async () => {
    const payment = await started()
    const press = async (action: string) =>
      (await fetch(payment.confirmationUrl ?? '', { method: 'POST', body: new URLSearchParams({ action }) })).text()
    expect(await press('decline')).toContain('Your card was declined.')
    expect(await press('pay')).toContain('<h1>Paid</h1>')
    await stripe.deliveries.deliver()
    await becomes(payment, 'SUCCEEDED')
  })

  it('declined, it waits; out of time, it is CANCELED with the reason of the bank', async () => {
    const payment = await started()
    stripe.decline(idOf(payment))
    await stripe.deliveries.deliver()
    await shop.eventually(async () => {
      const body = { path: ['type'], equals: 'payment_intent.payment_failed' }
      expect(await prisma.webhookDelivery.count({ where: { status: 'PROCESSED', body } })).toBeGreaterThan(0)
    })
    expect(await shop.statusOf(payment)).toBe('PENDING')
    stripe.expire(idOf(payment))
    await stripe.deliveries.deliver()
    await becomes(payment, 'CANCELED')
    expect((await shop.payment(payment.id)).failureReason).toBe('Your card was declined.')
    await shop.eventually(async () =>
      expect(shop.seller.failures).toContainEqual(expect.objectContaining({ id: payment.id })),
    )
  })

  it('waits as long as its page is open, an hour, and is then given up at Stripe too', async () => {
    const payment = await started()
    expect((payment.expiresAt?.getTime() ?? 0) - payment.createdAt.getTime()).toBeCloseTo(3_600_000, -4)
    offset = 31 * 60_000
    await shop.runJob('payments.expire', { paymentId: payment.id })
    expect(await shop.statusOf(payment)).toBe('PENDING')
    offset = 61 * 60_000
    await shop.runJob('payments.expire', { paymentId: payment.id })
    expect(await shop.statusOf(payment)).toBe('CANCELED')
    expect(() => stripe.pay(idOf(payment))).toThrow('nobody can pay')
  })

  it('whose webhooks were all lost is found paid at the end of its time', async () => {
    const payment = await started()
    stripe.pay(idOf(payment))
    stripe.deliveries.lose()
    offset = 61 * 60_000
    await shop.runJob('payments.expire', { paymentId: payment.id })
    expect(await shop.statusOf(payment)).toBe('SUCCEEDED')
  })

  it('given up by its customer takes no money any more', async () => {
    const payment = await started()
    const answer = await shop
      .clientOf(customer)
      .get('mutation CancelAtStripe($id: UUID!) { cancelPayment(id: $id) { status } }', { id: payment.id })
    expect(answer).toEqual({ cancelPayment: { status: 'CANCELED' } })
    expect(() => stripe.pay(idOf(payment))).toThrow('nobody can pay')
  })

  it('paid by a slow transfer succeeds when the money is there', async () => {
    const payment = await started()
    stripe.sessions.process(idOf(payment))
    await stripe.deliveries.deliver()
    expect(await shop.statusOf(payment)).toBe('PENDING')
    stripe.sessions.settle(idOf(payment), true)
    await stripe.deliveries.deliver()
    await becomes(payment, 'SUCCEEDED')
  })

  it('two attempts, both paid: one is kept, the other given back by itself', async () => {
    const order = await shop.placeOrder(customer)
    const attempts = await Promise.all([shop.pay(customer, order), shop.pay(customer, order)])
    for (const payment of attempts) stripe.pay(idOf(payment))
    await stripe.deliveries.deliver({ copies: 3, order: 'shuffled' })
    await shop.eventually(async () => {
      const statuses = await Promise.all(attempts.map(shop.statusOf))
      expect(statuses.sort()).toEqual(['REFUNDED', 'SUCCEEDED'])
    })
    expect(attempts.map((payment) => stripe.refundedOf(idOf(payment))).sort()).toEqual([0, 220_000])
  })
})

describe('a hold', () => {
  it('is captured by itself once the bank has agreed', async () => {
    const payment = await started({ hold: true })
    stripe.pay(idOf(payment))
    expect(stripe.intents.read(stripe.sessions.read(idOf(payment)).payment_intent ?? '').amount_received).toBe(0)
    await stripe.deliveries.deliver()
    await becomes(payment, 'SUCCEEDED')
    expect(stripe.intents.read(stripe.sessions.read(idOf(payment)).payment_intent ?? '').amount_received).toBe(220_000)
    expect(await bookedFor(shop, [payment.id])).toEqual({ PROVIDER_CLEARING: -220_000n, REVENUE: 220_000n })
  })

  it('of an order that is not wanted any more is let go, and nothing is taken', async () => {
    const order = await shop.placeOrder(customer)
    const payment = await shop.pay(customer, order, { hold: true })
    stripe.pay(idOf(payment))
    await shop.transact(async (tx) => {
      await tx.prisma.order.update({ where: { id: order.id }, data: { status: 'CANCELLED' } })
      await shop.payments.cancelPending(tx, 'ORDER', order.id)
    })
    await stripe.deliveries.deliver({ order: 'shuffled' })
    await shop.eventually(async () => {
      const { status, amount_received } = stripe.intents.read(stripe.sessions.read(idOf(payment)).payment_intent ?? '')
      expect({ status, amount_received }).toEqual({ status: 'canceled', amount_received: 0 })
    })
    expect(await shop.statusOf(payment)).toBe('CANCELED')
  })
})

describe('a kept method', () => {
  it('is told with the payment that kept it, and pays without its customer', async () => {
    const first = await started({ saveMethod: true })
    stripe.pay(idOf(first))
    await stripe.deliveries.deliver()
    await becomes(first, 'SUCCEEDED')
    const { savedMethodId } = await shop.payment(first.id)
    expect(savedMethodId).toMatch(/^cus_\w+:pm_\w+$/)
    const renewal = await started({ savedMethodId })
    expect(renewal).toMatchObject({ status: 'SUCCEEDED', confirmationUrl: null, savedMethodId })
    await stripe.deliveries.deliver()
    expect(await bookedFor(shop, [renewal.id])).toEqual({ PROVIDER_CLEARING: -220_000n, REVENUE: 220_000n })
  })

  it('declined is PAYMENT_FAILED, and the attempt CANCELED with the reason', async () => {
    const first = await started({ saveMethod: true })
    stripe.pay(idOf(first))
    await stripe.deliveries.deliver()
    await becomes(first, 'SUCCEEDED')
    const { savedMethodId } = await shop.payment(first.id)
    stripe.intents.declineNext('insufficient_funds')
    const order = await shop.placeOrder(customer)
    await expect(shop.pay(customer, order, { savedMethodId })).rejects.toMatchObject({ code: 'PAYMENT_FAILED' })
    expect(await prisma.payment.findMany({ where: { referenceId: order.id } })).toMatchObject([
      { status: 'CANCELED', failureReason: expect.stringContaining('Your card was declined.') },
    ])
  })
})

describe('a refund through Stripe', () => {
  it('of everything, and in parts', async () => {
    const { order, payment } = await shop.paid(10_000n)
    await shop.refund(order, 4_000n)
    await becomes(payment, 'PARTIALLY_REFUNDED')
    await shop.refund(order)
    await becomes(payment, 'REFUNDED')
    expect(stripe.refundedOf(idOf(payment))).toBe(10_000)
    expect(await bookedFor(shop, [payment.id])).toEqual({ PROVIDER_CLEARING: 0n, REVENUE: 10_000n, REFUNDS: -10_000n })
    expect(await brokenLines(shop)).toEqual([])
  })

  it.each([
    ['succeeded', 'SUCCEEDED', 'REFUNDED'],
    ['failed', 'FAILED', 'SUCCEEDED'],
    ['canceled', 'FAILED', 'SUCCEEDED'],
  ] as const)('under way counts as given until it has %s', async (outcome, refundStatus, paymentStatus) => {
    const { order, payment } = await shop.paid(10_000n)
    stripe.refunds.beginNext('pending')
    const id = await shop.refund(order)
    const told = () => prisma.refund.findUniqueOrThrow({ where: { id } })
    await shop.eventually(async () => expect((await told()).providerRefundId).not.toBeNull())
    await expect(shop.refund(order, 1n)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' })
    stripe.refunds.decide((await told()).providerRefundId ?? '', outcome)
    await stripe.deliveries.deliver()
    await refundBecomes(id, refundStatus)
    expect(await shop.statusOf(payment)).toBe(paymentStatus)
    expect(await brokenLines(shop)).toEqual([])
  })

  it('that Stripe refuses is FAILED, books nothing and can be asked for again', async () => {
    const { order, payment } = await shop.paid(10_000n)
    // Somebody gave it back by hand, in Stripe's dashboard.
    const intent = stripe.sessions.read(idOf(payment)).payment_intent ?? ''
    const { id: byHand } = stripe.refunds.give({ payment_intent: intent, metadata: {}, expand: [] })
    await refundBecomes(await shop.refund(order), 'FAILED')
    expect(await shop.payment(payment.id)).toMatchObject({ status: 'SUCCEEDED', refundedAmount: 0n })
    stripe.refunds.decide(byHand, 'failed')
    await refundBecomes(await shop.refund(order), 'SUCCEEDED')
    expect(stripe.refundedOf(idOf(payment))).toBe(10_000)
  })

  it('asked for twelve times at once gives no more than was paid', async () => {
    const { order, payment } = await shop.paid(10_000n)
    await Promise.allSettled(Array.from({ length: 12 }, () => shop.refund(order, 3_000n)))
    await shop.eventually(async () =>
      expect(await shop.payment(payment.id)).toMatchObject({ status: 'PARTIALLY_REFUNDED', refundedAmount: 9_000n }),
    )
    expect(stripe.refundedOf(idOf(payment))).toBe(9_000)
  })
})
