import { describe, expect, it } from 'vitest'
import type { Order, Payment } from '../../../src/generated/prisma/client.js'
import { newId } from '../../../src/kernel/ids.js'
import { bookedFor, brokenLines } from './ledger-state.js'
import { openPaymentShop } from './payment-shop.js'
import { actAtCheckout, sendWebhook } from './sandbox-hands.js'

const shop = await openPaymentShop()
const customer = await shop.openAccount()
let order: Order

const statusOf = async (payment: Payment) => (await shop.payment(payment.id)).status
const orderStatus = async () =>
  (await shop.platform.database.prisma.order.findUniqueOrThrow({ where: { id: order.id } })).status
const refundsOf = (payment: Payment) =>
  shop.platform.database.prisma.refund.findMany({ where: { paymentId: payment.id } })

describe('paying', () => {
  it('settles payment, order and ledger once, however many copies of the webhook come at once', async () => {
    order = await shop.placeOrder(customer)
    const payment = await shop.pay(customer, order)
    expect(payment).toMatchObject({ status: 'PENDING', provider: 'SANDBOX', amount: 220_000n })
    await actAtCheckout(payment, 'pay', 10)
    await shop.eventually(async () => expect(await statusOf(payment)).toBe('SUCCEEDED'))
    const { prisma } = shop.platform.database
    await shop.eventually(async () => {
      const left = await prisma.$queryRaw`select id from graphile_worker.jobs where task_identifier = 'sandbox.webhook'`
      expect(left).toEqual([])
    })
    expect(await orderStatus()).toBe('PAID')
    expect(shop.seller.accepted.filter((id) => id === payment.id)).toHaveLength(1)
    expect(await prisma.webhookDelivery.count()).toBe(1)
    expect(await bookedFor(shop, [payment.id])).toEqual({ PROVIDER_CLEARING: -220_000n, REVENUE: 220_000n })
  })

  it('survives a webhook whose first try fails, and old news after it', async () => {
    order = await shop.placeOrder(customer)
    const payment = await shop.pay(customer, order)
    const form = new URLSearchParams({ action: 'pay', failures: '1', stale: 'yes' })
    await fetch(payment.confirmationUrl ?? '', { method: 'POST', body: form })
    const { prisma } = shop.platform.database
    const received = () =>
      prisma.webhookDelivery.findMany({
        where: { body: { path: ['object', 'id'], equals: payment.providerPaymentId ?? '' } },
        select: { eventType: true, status: true },
        orderBy: { eventType: 'asc' },
      })
    await shop.eventually(async () =>
      expect(await received()).toEqual([
        { eventType: 'payment.pending', status: 'PROCESSED' },
        { eventType: 'payment.succeeded', status: 'PROCESSED' },
      ]),
    )
    expect(await statusOf(payment)).toBe('SUCCEEDED')
    expect(await bookedFor(shop, [payment.id])).toEqual({ PROVIDER_CLEARING: -220_000n, REVENUE: 220_000n })
  })

  it('twenty different webhooks about one payment at once settle it once', async () => {
    order = await shop.placeOrder(customer)
    const payment = await shop.pay(customer, order)
    await shop.platform.database.prisma.sandboxPayment.update({
      where: { id: payment.providerPaymentId ?? '' },
      data: { status: 'SUCCEEDED' },
    })
    const answers = await Promise.all(Array.from({ length: 20 }, () => sendWebhook(shop, payment)))
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
    await shop.eventually(async () => {
      const done = {
        status: 'PROCESSED' as const,
        body: { path: ['object', 'id'], equals: payment.providerPaymentId ?? '' },
      }
      expect(await shop.platform.database.prisma.webhookDelivery.count({ where: done })).toBe(20)
    })
    expect(shop.seller.accepted.filter((id) => id === payment.id)).toHaveLength(1)
    expect(await bookedFor(shop, [payment.id])).toEqual({ PROVIDER_CLEARING: -220_000n, REVENUE: 220_000n })
  })

  it('believes the provider, not what a webhook says', async () => {
    order = await shop.placeOrder(customer)
    const payment = await shop.pay(customer, order)
    const eventId = newId()
    await sendWebhook(shop, payment, { id: eventId })
    await shop.eventually(async () => {
      const delivery = await shop.platform.database.prisma.webhookDelivery.findFirst({ where: { eventId } })
      expect(delivery?.status).toBe('PROCESSED')
    })
    expect(await statusOf(payment)).toBe('PENDING')
  })

  it('declined, it is CANCELED with a reason, its seller hears of it, and another attempt can be paid', async () => {
    order = await shop.placeOrder(customer)
    const declined = await shop.pay(customer, order)
    await actAtCheckout(declined, 'decline')
    await shop.eventually(async () => expect(await statusOf(declined)).toBe('CANCELED'))
    expect((await shop.payment(declined.id)).failureReason).toBe('The payment was declined.')
    expect(shop.seller.failures).toContainEqual(expect.objectContaining({ id: declined.id, referenceId: order.id }))
    const second = await shop.pay(customer, order)
    await actAtCheckout(second, 'pay')
    await shop.eventually(async () => expect(await statusOf(second)).toBe('SUCCEEDED'))
    expect(await orderStatus()).toBe('PAID')
  })

  it('two attempts paid at the same time keep one success and give the other back in full', async () => {
    order = await shop.placeOrder(customer)
    const attempts = await Promise.all([shop.pay(customer, order), shop.pay(customer, order)])
    await Promise.all(attempts.map((payment) => actAtCheckout(payment, 'pay', 3)))
    await shop.eventually(async () => {
      const statuses = await Promise.all(attempts.map(statusOf))
      expect(statuses.sort()).toEqual(['REFUNDED', 'SUCCEEDED'])
    })
    expect(shop.seller.accepted.filter((id) => attempts.some((payment) => payment.id === id))).toHaveLength(1)
    expect(
      await bookedFor(
        shop,
        attempts.map(({ id }) => id),
      ),
    ).toEqual({
      PROVIDER_CLEARING: -220_000n,
      REVENUE: 220_000n,
      CUSTOMER_RECEIVABLE: 0n,
    })
  })

  it('money that comes in for an order canceled meanwhile goes back', async () => {
    order = await shop.placeOrder(customer)
    const payment = await shop.pay(customer, order)
    await shop.platform.database.prisma.order.update({ where: { id: order.id }, data: { status: 'CANCELLED' } })
    await actAtCheckout(payment, 'pay')
    await shop.eventually(async () => expect(await statusOf(payment)).toBe('REFUNDED'))
    expect(await refundsOf(payment)).toMatchObject([{ amount: 220_000n, status: 'SUCCEEDED' }])
    expect(await orderStatus()).toBe('CANCELLED')
  })

  it('sixteen payments settled at once leave a ledger whose every balance is the sum of its lines', async () => {
    const payments = await Promise.all(
      Array.from({ length: 16 }, async () => shop.pay(customer, await shop.placeOrder(customer, 100n))),
    )
    await Promise.all(payments.map((payment) => actAtCheckout(payment, 'pay')))
    await shop.eventually(async () => {
      expect(new Set(await Promise.all(payments.map(statusOf)))).toEqual(new Set(['SUCCEEDED']))
    })
    expect(await brokenLines(shop)).toEqual([])
  })
})

describe('giving up attempts', () => {
  it('with an order every attempt is CANCELED, at the provider too', async () => {
    order = await shop.placeOrder(customer)
    const attempts = [await shop.pay(customer, order), await shop.pay(customer, order)]
    await shop.transact((tx) => shop.payments.cancelPending(tx, 'ORDER', order.id))
    expect(await Promise.all(attempts.map(statusOf))).toEqual(['CANCELED', 'CANCELED'])
    await shop.eventually(async () => {
      const ids = attempts.map(({ providerPaymentId }) => providerPaymentId ?? '')
      const books = await shop.platform.database.prisma.sandboxPayment.findMany({ where: { id: { in: ids } } })
      expect(books.map(({ status }) => status)).toEqual(['CANCELED', 'CANCELED'])
    })
    expect(shop.seller.failures.filter(({ referenceId }) => referenceId === order.id)).toEqual([])
  })

  it('one that was paid at that moment is settled after all, and refunded because nothing is sold for it', async () => {
    order = await shop.placeOrder(customer)
    const payment = await shop.pay(customer, order)
    await shop.platform.database.prisma.sandboxPayment.update({
      where: { id: payment.providerPaymentId ?? '' },
      data: { status: 'SUCCEEDED' },
    })
    await shop.transact(async (tx) => {
      await tx.prisma.order.update({ where: { id: order.id }, data: { status: 'CANCELLED' } })
      await shop.payments.cancelPending(tx, 'ORDER', order.id)
    })
    await shop.eventually(async () => expect(await statusOf(payment)).toBe('REFUNDED'))
  })
})
