import { afterEach, describe, expect, it } from 'vitest'
import type { Fault } from '../../../simulators/faults.js'
import { brokenLines } from '../ledger-state.js'
import { openStripeShop } from './stripe-shop.js'

let offset = 0
const shop = await openStripeShop({ withWorker: false, seed: 3, clock: { now: () => new Date(Date.now() + offset) } })
const { stripe, customer } = shop
const { faults } = stripe
const { prisma } = shop.platform.database

afterEach(() => {
  offset = 0
  faults.clear()
})

const FAULTS: Fault[] = ['error-applied', 'error-not-applied', 'dropped-applied', 'dropped-not-applied', 'rate-limited']
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error: { code?: string }) => error.code ?? String(error),
  )

describe('an attempt whose answer was lost', () => {
  it.each(FAULTS)('to %s stays PENDING, and a repeat opens that same one', async (fault) => {
    const order = await shop.placeOrder(customer)
    const pay = () => shop.pay(customer, order, { idempotencyKey: `lost-${fault}` })
    // Twice: the package repeats a call once by itself, under the same key.
    faults.next(fault, { on: 'POST /v1/checkout/sessions', times: 2 })
    expect(await codeOf(pay())).toBe('PROVIDER_UNAVAILABLE')
    faults.clear()
    const [waiting] = await prisma.payment.findMany({ where: { referenceId: order.id } })
    expect(waiting).toMatchObject({ status: 'PENDING', providerPaymentId: null })
    const opened = await pay()
    expect(opened).toMatchObject({ id: waiting?.id, confirmationUrl: expect.stringContaining(stripe.url) })
    expect(stripe.paymentsOf(opened.idempotenceKey)).toHaveLength(1)
  })

  it('to a 500 that Stripe would repeat for a day is given up at once, and another attempt is free to begin', async () => {
    const order = await shop.placeOrder(customer)
    faults.next('error-kept', { on: 'POST /v1/checkout/sessions' })
    expect(await codeOf(shop.pay(customer, order))).toBe('PAYMENT_FAILED')
    expect(await prisma.payment.findMany({ where: { referenceId: order.id } })).toMatchObject([{ status: 'CANCELED' }])
    expect((await shop.pay(customer, order)).status).toBe('PENDING')
  })

  it('is one at Stripe however many calls try at once while Stripe is slow', async () => {
    const order = await shop.placeOrder(customer)
    faults.slowMs = 200
    faults.next('slow', { on: 'POST /v1/checkout/sessions' })
    const pay = () => shop.pay(customer, order, { idempotencyKey: 'slow' })
    await Promise.allSettled(Array.from({ length: 20 }, pay))
    const payment = await pay()
    expect(stripe.paymentsOf(payment.idempotenceKey)).toHaveLength(1)
    expect(await prisma.payment.count({ where: { referenceId: order.id } })).toBe(1)
  })

  it('and was never repeated is settled by the webhooks alone, which know our key', async () => {
    const order = await shop.placeOrder(customer)
    const payment = await shop.pay(customer, order)
    await prisma.payment.update({ where: { id: payment.id }, data: { providerPaymentId: null, confirmationUrl: null } })
    stripe.pay(payment.providerPaymentId ?? '')
    await stripe.deliveries.deliver()
    for (const { id } of await prisma.webhookDelivery.findMany({ where: { status: 'RECEIVED' } }))
      await shop.runJob('payments.settle', { deliveryId: id })
    const { status, providerPaymentId } = await shop.payment(payment.id)
    expect({ status, providerPaymentId }).toEqual({ status: 'SUCCEEDED', providerPaymentId: payment.providerPaymentId })
  })

  it('is closed at Stripe when it is given up', async () => {
    const order = await shop.placeOrder(customer)
    faults.next('dropped-applied', { on: 'POST /v1/checkout/sessions', times: 2 })
    expect(await codeOf(shop.pay(customer, order))).toBe('PROVIDER_UNAVAILABLE')
    const [payment] = await prisma.payment.findMany({ where: { referenceId: order.id } })
    await shop.transact((tx) => shop.payments.cancelPending(tx, 'ORDER', order.id))
    await shop.runJob('payments.cancel', { paymentId: payment?.id })
    const [page] = stripe.paymentsOf(payment?.idempotenceKey ?? '')
    expect(stripe.sessions.read(page?.id ?? '').status).toBe('expired')
  })
})

describe('a charge of a kept method whose answer was lost', () => {
  it.each([...FAULTS, 'error-kept'] as Fault[])('to %s takes the money once', async (fault) => {
    const first = await shop.pay(customer, await shop.placeOrder(customer), { saveMethod: true })
    stripe.pay(first.providerPaymentId ?? '')
    await shop.runJob('payments.expire', { paymentId: first.id })
    offset = 61 * 60_000
    await shop.runJob('payments.expire', { paymentId: first.id })
    const { savedMethodId } = await shop.payment(first.id)
    const order = await shop.placeOrder(customer)
    const charge = () => shop.pay(customer, order, { savedMethodId, idempotencyKey: `charge-${fault}` })
    faults.next(fault, { on: 'POST /v1/payment_intents' })
    expect(await codeOf(charge())).toBe('PROVIDER_UNAVAILABLE')
    const charged = await charge()
    expect(charged.status).toBe('SUCCEEDED')
    expect(stripe.paymentsOf(charged.idempotenceKey)).toMatchObject([{ isPaid: true }])
    expect(await prisma.ledgerTransaction.count({ where: { paymentId: charged.id } })).toBe(1)
  })
})

describe('a refund whose answer was lost', () => {
  it.each([...FAULTS, 'error-kept'] as Fault[])('to %s is given once', async (fault) => {
    const order = await shop.placeOrder(customer, 10_000n)
    const payment = await shop.pay(customer, order)
    stripe.pay(payment.providerPaymentId ?? '')
    offset = 61 * 60_000
    await shop.runJob('payments.expire', { paymentId: payment.id })
    const refundId = await shop.refund(order, 4_000n)
    faults.next(fault, { on: 'POST /v1/refunds', times: 2 })
    await shop.runJob('payments.refund', { refundId }).catch(() => undefined)
    faults.clear()
    await Promise.allSettled([1, 2, 3].map(() => shop.runJob('payments.refund', { refundId })))
    expect(await prisma.refund.findUnique({ where: { id: refundId } })).toMatchObject({ status: 'SUCCEEDED' })
    expect(stripe.refundedOf(payment.providerPaymentId ?? '')).toBe(4_000)
    expect(await prisma.ledgerTransaction.count({ where: { paymentId: payment.id, kind: 'REFUND' } })).toBe(1)
    expect(await brokenLines(shop)).toEqual([])
  })
})
