import { afterEach, describe, expect, it } from 'vitest'
import type { Fault } from '../../../simulators/faults.js'
import { bookedFor } from '../ledger-state.js'
import { openYooKassaShop } from './yookassa-shop.js'

let offset = 0
const clock = { now: () => new Date(Date.now() + offset) }
const shop = await openYooKassaShop({ withWorker: false, clock, answerMs: 300 })
const { yookassa, customer } = shop
const { prisma } = shop.platform.database
yookassa.faults.slowMs = 600

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE

const outcomeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error: { code?: string }) => error.code ?? String(error),
  )
const sold = async (more = {}) => {
  const opened = await shop.opened(more)
  yookassa.pay(opened.id)
  await shop.runJob('payments.check', { paymentId: opened.payment.id })
  expect(await shop.statusOf(opened.payment)).toBe('SUCCEEDED')
  return opened
}

/** What may come between a call and its answer, and whether the provider has done it all the same. */
const LOSSES: readonly [Fault, boolean][] = [
  ['error-applied', true],
  ['error-not-applied', false],
  ['dropped-applied', true],
  ['dropped-not-applied', false],
  ['slow', true],
  ['rate-limited', false],
]

afterEach(() => {
  offset = 0
  yookassa.faults.clear()
})

describe('when nobody knows whether a payment was opened', () => {
  it.each(LOSSES)(
    '%s: the attempt stays PENDING, and a repeat opens that one under its key',
    async (fault, isApplied) => {
      const order = await shop.placeOrder(customer)
      const pay = () => shop.pay(customer, order, { idempotencyKey: fault })
      yookassa.faults.next(fault, { on: 'POST /v3/payments' })
      expect(await outcomeOf(pay())).toBe('PROVIDER_UNAVAILABLE')
      const waiting = await shop.attemptFor(order)
      expect(waiting).toMatchObject({ status: 'PENDING', providerPaymentId: null, confirmationUrl: null })
      expect(waiting.nextCheckAt).not.toBeNull()
      const made = () => yookassa.paymentsOf(waiting.idempotenceKey)
      expect(made()).toHaveLength(isApplied ? 1 : 0)

      const payment = await pay()
      expect(payment.id).toBe(waiting.id)
      expect(made().map(({ id }) => id)).toEqual([payment.providerPaymentId])
      expect(new Set(shop.callsUnder(waiting.idempotenceKey).map(({ body }) => body)).size).toBe(1)
      expect(payment.confirmationUrl).not.toBeNull()
    },
  )

  it('eight repeats at once after it make one payment with one page', async () => {
    const order = await shop.placeOrder(customer)
    const pay = () => shop.pay(customer, order, { idempotencyKey: 'eight' })
    yookassa.faults.next('error-applied', { on: 'POST /v3/payments', times: 3 })
    const first = await Promise.all(Array.from({ length: 8 }, () => outcomeOf(pay())))
    expect(first.filter((outcome) => outcome === 'PROVIDER_UNAVAILABLE')).toHaveLength(3)
    const pages = await Promise.all(Array.from({ length: 8 }, async () => (await pay()).confirmationUrl))
    expect(new Set(pages).size).toBe(1)
    expect(yookassa.paymentsOf((await shop.attemptFor(order)).idempotenceKey)).toHaveLength(1)
  })

  it('and nobody repeats the call, a question some minutes later does', async () => {
    const order = await shop.placeOrder(customer)
    yookassa.faults.next('error-applied', { on: 'POST /v3/payments' })
    await outcomeOf(shop.pay(customer, order))
    const { id, idempotenceKey } = await shop.attemptFor(order)
    await shop.runJob('payments.check', { paymentId: id })
    expect(await shop.payment(id)).toMatchObject({ status: 'PENDING', confirmationUrl: expect.any(String) })
    expect(yookassa.paymentsOf(idempotenceKey)).toHaveLength(1)
  })

  it('and it was paid, which nobody told us, the end of the time to pay finds it', async () => {
    const order = await shop.placeOrder(customer)
    yookassa.faults.next('dropped-applied', { on: 'POST /v3/payments' })
    await outcomeOf(shop.pay(customer, order))
    const { id, idempotenceKey } = await shop.attemptFor(order)
    yookassa.pay(yookassa.paymentsOf(idempotenceKey)[0]?.id ?? '')
    yookassa.deliveries.lose()
    offset = 31 * MINUTE
    await shop.runJob('payments.expire', { paymentId: id })
    expect(await shop.payment(id)).toMatchObject({ status: 'SUCCEEDED', providerPaymentId: expect.any(String) })
  })

  it('and its notification comes before any repeat, our key in it leads to the attempt', async () => {
    const order = await shop.placeOrder(customer)
    yookassa.faults.next('dropped-applied', { on: 'POST /v3/payments' })
    await outcomeOf(shop.pay(customer, order))
    const attempt = await shop.attemptFor(order)
    yookassa.pay(yookassa.paymentsOf(attempt.idempotenceKey)[0]?.id ?? '')
    await yookassa.deliveries.deliver()
    const [delivery] = await prisma.webhookDelivery.findMany({ orderBy: { receivedAt: 'desc' }, take: 1 })
    await shop.runJob('payments.settle', { deliveryId: delivery?.id })
    expect(await shop.statusOf(attempt)).toBe('SUCCEEDED')
  })

  it('and it never arrived, giving it up makes none there', async () => {
    const order = await shop.placeOrder(customer)
    yookassa.faults.next('dropped-not-applied', { on: 'POST /v3/payments' })
    await outcomeOf(shop.pay(customer, order))
    const { id, idempotenceKey } = await shop.attemptFor(order)
    offset = 31 * MINUTE
    await shop.runJob('payments.expire', { paymentId: id })
    expect(await shop.payment(id)).toMatchObject({ status: 'CANCELED', failureReason: 'The time to pay ran out.' })
    offset = 61 * MINUTE
    await shop.runJob('payments.check', { paymentId: id })
    expect((await shop.payment(id)).nextCheckAt).toBeNull()
    expect(yookassa.paymentsOf(idempotenceKey)).toEqual([])
  })

  it('the charge of a kept method that never arrived is not made by giving it up', async () => {
    const { id: method } = await sold({ saveMethod: true })
    const order = await shop.placeOrder(customer)
    yookassa.faults.next('dropped-not-applied', { on: 'POST /v3/payments' })
    await outcomeOf(shop.pay(customer, order, { savedMethodId: method }))
    const { id, idempotenceKey } = await shop.attemptFor(order)
    await shop.transact((tx) => shop.payments.cancelPending(tx, 'ORDER', order.id))
    await shop.runJob('payments.cancel', { paymentId: id })
    expect(yookassa.paymentsOf(idempotenceKey)).toEqual([])
  })
})

describe('when YooKassa has forgotten our keys', () => {
  it('a payment that it made is found, not made again', async () => {
    const { id: method } = await sold({ saveMethod: true })
    const order = await shop.placeOrder(customer)
    yookassa.faults.next('error-applied', { on: 'POST /v3/payments' })
    await outcomeOf(shop.pay(customer, order, { savedMethodId: method }))
    yookassa.deliveries.lose()
    const { id, idempotenceKey } = await shop.attemptFor(order)
    offset = DAY + MINUTE
    await shop.runJob('payments.check', { paymentId: id })
    expect(await shop.statusOf({ id })).toBe('SUCCEEDED')
    expect(yookassa.paymentsOf(idempotenceKey)).toHaveLength(1)
  })

  it('a payment that it never made is given up, not made so late', async () => {
    const order = await shop.placeOrder(customer)
    yookassa.faults.next('error-not-applied', { on: 'POST /v3/payments' })
    await outcomeOf(shop.pay(customer, order))
    const { id, idempotenceKey } = await shop.attemptFor(order)
    offset = DAY + MINUTE
    await shop.runJob('payments.check', { paymentId: id })
    expect(await shop.payment(id)).toMatchObject({ status: 'CANCELED', nextCheckAt: null })
    expect(yookassa.paymentsOf(idempotenceKey)).toEqual([])
  })

  it.each(LOSSES)('%s of a refund: the money is given once all the same', async (fault) => {
    const { order, payment, id } = await sold()
    const early = await shop.refund(order, 3_000n)
    await shop.runJob('payments.refund', { refundId: early })
    const refundId = await shop.refund(order, 3_000n)
    yookassa.faults.next(fault, { on: 'POST /v3/refunds' })
    await outcomeOf(shop.runJob('payments.refund', { refundId }))
    offset = DAY + MINUTE
    await shop.runJob('payments.refund', { refundId })
    expect(await shop.refundRow(refundId)).toMatchObject({ status: 'SUCCEEDED' })
    expect(yookassa.refundedOf(id)).toBe(6_000)
    expect(await shop.payment(payment.id)).toMatchObject({ refundedAmount: 6_000n })
  })

  it('two lost refunds of one amount are two refunds, one each', async () => {
    const { order, id } = await sold()
    const ids = [await shop.refund(order, 2_000n), await shop.refund(order, 2_000n)]
    yookassa.faults.next('error-applied', { on: 'POST /v3/refunds', times: 2 })
    for (const refundId of ids) await outcomeOf(shop.runJob('payments.refund', { refundId }))
    offset = DAY + MINUTE
    await Promise.all(ids.map((refundId) => outcomeOf(shop.runJob('payments.refund', { refundId }))))
    for (const refundId of ids) await shop.runJob('payments.refund', { refundId })
    const rows = await Promise.all(ids.map(shop.refundRow))
    expect(rows.map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED'])
    expect(new Set(rows.map(({ providerRefundId }) => providerRefundId)).size).toBe(2)
    expect(yookassa.refundedOf(id)).toBe(4_000)
  })
})

describe('when nobody knows whether money was given back', () => {
  it.each(LOSSES)('%s: the refund stays PENDING, and a repeat under its key gives it once', async (fault) => {
    const { order, payment, id } = await sold()
    const refundId = await shop.refund(order, 4_000n)
    yookassa.faults.next(fault, { on: 'POST /v3/refunds' })
    await expect(shop.runJob('payments.refund', { refundId })).rejects.toThrow()
    expect(await shop.refundRow(refundId)).toMatchObject({ status: 'PENDING', providerRefundId: null })
    expect((await shop.payment(payment.id)).refundedAmount).toBe(0n)
    await Promise.all(Array.from({ length: 4 }, () => shop.runJob('payments.refund', { refundId })))
    const refund = await shop.refundRow(refundId)
    expect(refund).toMatchObject({ status: 'SUCCEEDED', nextCheckAt: null })
    expect(new Set(shop.callsUnder(refund.idempotenceKey).map(({ body }) => body)).size).toBe(1)
    expect(yookassa.refundedOf(id)).toBe(4_000)
    expect(await bookedFor(shop, [payment.id])).toMatchObject({ PROVIDER_CLEARING: -6_000n })
  })
})

describe('when nobody knows whether a hold was captured', () => {
  it.each(LOSSES)('%s: it stays WAITING_FOR_CAPTURE, and a repeat finds out', async (fault) => {
    const { payment, id } = await shop.opened({ hold: true })
    yookassa.pay(id)
    yookassa.faults.next(fault, { on: `POST /v3/payments/${id}/capture` })
    await expect(shop.runJob('payments.check', { paymentId: payment.id })).rejects.toThrow()
    expect(await shop.statusOf(payment)).toBe('WAITING_FOR_CAPTURE')
    await Promise.all([1, 2, 3].map(() => shop.runJob('payments.capture', { paymentId: payment.id })))
    expect(await shop.statusOf(payment)).toBe('SUCCEEDED')
    expect(shop.seller.accepted.filter((one) => one === payment.id)).toHaveLength(1)
  })

  it('a capture that comes too late finds it canceled', async () => {
    const { payment, id } = await shop.opened({ hold: true })
    yookassa.pay(id)
    yookassa.faults.next('error-not-applied', { on: `POST /v3/payments/${id}/capture` })
    await outcomeOf(shop.runJob('payments.check', { paymentId: payment.id }))
    yookassa.expire(id)
    await shop.runJob('payments.capture', { paymentId: payment.id })
    expect(await shop.payment(payment.id)).toMatchObject({ status: 'CANCELED', nextCheckAt: null })
  })

  it('giving up at the very moment of the capture ends refunded', async () => {
    const { order, payment, id } = await shop.opened({ hold: true })
    yookassa.pay(id)
    yookassa.faults.next('dropped-applied', { on: `POST /v3/payments/${id}/capture` })
    await outcomeOf(shop.runJob('payments.check', { paymentId: payment.id }))
    await shop.transact(async (tx) => {
      await tx.prisma.order.update({ where: { id: order.id }, data: { status: 'CANCELLED' } })
      await shop.payments.cancelPending(tx, 'ORDER', order.id)
    })
    await shop.runJob('payments.cancel', { paymentId: payment.id })
    const [refund] = await prisma.refund.findMany({ where: { paymentId: payment.id } })
    await shop.runJob('payments.refund', { refundId: refund?.id })
    expect(await shop.statusOf(payment)).toBe('REFUNDED')
    expect(yookassa.refundedOf(id)).toBe(10_000)
  })
})

describe('when the answer came and could not be kept', () => {
  it('the attempt is as before, and a repeat keeps it', async () => {
    const order = await shop.placeOrder(customer)
    const pay = () => shop.pay(customer, order, { idempotencyKey: 'not-kept' })
    await prisma.$executeRaw`alter table payments add constraint no_room check (confirmation_url is null) not valid`
    expect(await outcomeOf(pay())).not.toBe('ok')
    await prisma.$executeRaw`alter table payments drop constraint no_room`
    const attempt = await shop.attemptFor(order)
    expect(attempt).toMatchObject({ status: 'PENDING', providerPaymentId: null })
    expect((await pay()).id).toBe(attempt.id)
    expect(yookassa.paymentsOf(attempt.idempotenceKey)).toHaveLength(1)
  })

  it('a refund is as before, and a repeat books it once', async () => {
    const { order, payment, id } = await sold()
    const refundId = await shop.refund(order, 4_000n)
    await prisma.$executeRaw`alter table ledger_lines add constraint no_room check (amount <> 4000) not valid`
    await expect(shop.runJob('payments.refund', { refundId })).rejects.toThrow()
    expect(await shop.refundRow(refundId)).toMatchObject({ status: 'PENDING' })
    await prisma.$executeRaw`alter table ledger_lines drop constraint no_room`
    await shop.runJob('payments.refund', { refundId })
    expect(yookassa.refundedOf(id)).toBe(4_000)
    expect(await shop.payment(payment.id)).toMatchObject({ status: 'PARTIALLY_REFUNDED', refundedAmount: 4_000n })
  })
})

describe('a final no', () => {
  it('ends the attempt with its reason, and a new attempt has a new key', async () => {
    const order = await shop.placeOrder(customer)
    const pay = () => shop.pay(customer, order, { savedMethodId: 'unknown-method' })
    expect(await outcomeOf(pay())).toBe('PAYMENT_FAILED')
    const refused = await shop.attemptFor(order)
    expect(refused).toMatchObject({
      status: 'CANCELED',
      nextCheckAt: null,
      failureReason: expect.stringContaining('payment_method_id is unknown'),
    })
    expect((await shop.pay(customer, order)).idempotenceKey).not.toBe(refused.idempotenceKey)
  })

  it('is none when our key was used with another body: the payment under it is found', async () => {
    const order = await shop.placeOrder(customer)
    yookassa.faults.next('error-applied', { on: 'POST /v3/payments' })
    await outcomeOf(shop.pay(customer, order, { idempotencyKey: 'changed' }))
    const { id, idempotenceKey } = await shop.attemptFor(order)
    // As a new rate of VAT between two releases would.
    await prisma.payment.update({ where: { id }, data: { description: 'Other words' } })
    const payment = await shop.pay(customer, order, { idempotencyKey: 'changed' })
    expect(yookassa.paymentsOf(idempotenceKey).map((made) => made.id)).toEqual([payment.providerPaymentId])
  })
})
