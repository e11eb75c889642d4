import { describe, expect, it } from 'vitest'
import { money } from '../../../../src/kernel/money.js'
import type { Receipt } from '../../../../src/modules/payments/index.js'
import { bookedFor, brokenLines } from '../ledger-state.js'
import { openYooKassaShop } from './yookassa-shop.js'

const shop = await openYooKassaShop()
const { yookassa, customer } = shop
const { prisma } = shop.platform.database

const receipt: Receipt = {
  customer: { email: 'anna@example.test', phone: null },
  items: [
    { description: 'Баннер', quantity: 2, unitAmount: money(4_900n), subject: 'commodity' },
    { description: 'Срочно', quantity: 1, unitAmount: money(200n), subject: 'service' },
  ],
}
const sentTo = (path: string) =>
  yookassa.calls
    .filter(({ method, url }) => method === 'POST' && url.pathname === path)
    .map(({ body }) => JSON.parse(body))
const cancelOrder = (id: string) => prisma.order.update({ where: { id }, data: { status: 'CANCELLED' } })

describe('paying', () => {
  it('opens a payment with amount, way back, receipt and our ids, and gives the page to pay at', async () => {
    const { payment, id } = await shop.opened({
      receipt,
      returnUrl: 'https://shop.example/back',
      description: 'Ж'.repeat(200),
    })
    expect(payment).toMatchObject({
      provider: 'YOOKASSA',
      status: 'PENDING',
      confirmationUrl: expect.stringContaining(id),
    })
    expect(sentTo('/v3/payments').at(-1)).toEqual({
      amount: { value: '100.00', currency: 'RUB' },
      capture: true,
      description: 'Ж'.repeat(128),
      metadata: { payment_id: payment.id, attempt_key: payment.idempotenceKey },
      confirmation: { type: 'redirect', return_url: 'https://shop.example/back' },
      receipt: {
        customer: { email: 'anna@example.test' },
        items: [
          {
            description: 'Баннер',
            quantity: 2,
            amount: { value: '49.00', currency: 'RUB' },
            vat_code: 1,
            payment_mode: 'full_payment',
            payment_subject: 'commodity',
          },
          {
            description: 'Срочно',
            quantity: 1,
            amount: { value: '2.00', currency: 'RUB' },
            vat_code: 1,
            payment_mode: 'full_payment',
            payment_subject: 'service',
          },
        ],
      },
    })
  })

  it('becomes SUCCEEDED by a notification, and its seller hears of it once', async () => {
    const { order, payment } = await shop.paid()
    expect(payment.paidAt).not.toBeNull()
    expect(payment.nextCheckAt).toBeNull()
    expect(shop.seller.accepted.filter((id) => id === payment.id)).toHaveLength(1)
    expect(await prisma.order.findUnique({ where: { id: order.id } })).toMatchObject({ status: 'PAID' })
    expect(await bookedFor(shop, [payment.id])).toEqual({ PROVIDER_CLEARING: -10_000n, REVENUE: 10_000n })
  })

  it('declined is CANCELED with a reason for people, and a new attempt has a new key and pays', async () => {
    const { order, payment, id } = await shop.opened()
    yookassa.decline(id)
    await yookassa.deliveries.deliver()
    await shop.untilStatus(payment, 'CANCELED')
    expect((await shop.payment(payment.id)).failureReason).toBe(
      'There is not enough money. Top up, or pay another way.',
    )
    expect(shop.seller.failures).toContainEqual(expect.objectContaining({ id: payment.id }))
    const again = await shop.pay(customer, order)
    expect(again.idempotenceKey).not.toBe(payment.idempotenceKey)
    yookassa.pay(again.providerPaymentId ?? '')
    await yookassa.deliveries.deliver()
    await shop.untilStatus(again, 'SUCCEEDED')
  })

  it('too late is CANCELED', async () => {
    const { payment, id } = await shop.opened()
    yookassa.expire(id)
    await yookassa.deliveries.deliver()
    await shop.untilStatus(payment, 'CANCELED')
    expect((await shop.payment(payment.id)).failureReason).toBe('The time to pay ran out.')
  })

  it('twice for one order keeps one success and gives the other back in full', async () => {
    const order = await shop.placeOrder(customer)
    const attempts = [await shop.pay(customer, order), await shop.pay(customer, order)]
    for (const { providerPaymentId } of attempts) yookassa.pay(providerPaymentId ?? '')
    await yookassa.deliveries.deliver({ copies: 3, order: 'shuffled' })
    await shop.eventually(async () =>
      expect((await Promise.all(attempts.map(shop.statusOf))).sort()).toEqual(['REFUNDED', 'SUCCEEDED']),
    )
    const given = attempts.map(({ providerPaymentId }) => yookassa.refundedOf(providerPaymentId ?? ''))
    expect(given.sort()).toEqual([0, 220_000])
    expect(await brokenLines(shop)).toEqual([])
  })
})

describe('a hold', () => {
  it('is captured by itself while the seller wants it', async () => {
    const { order, payment, id } = await shop.opened({ hold: true })
    yookassa.pay(id)
    expect(yookassa.payments.read(id).status).toBe('waiting_for_capture')
    await yookassa.deliveries.deliver()
    await shop.untilStatus(payment, 'SUCCEEDED')
    expect(await prisma.order.findUnique({ where: { id: order.id } })).toMatchObject({ status: 'PAID' })
    expect(sentTo(`/v3/payments/${id}/capture`)).toEqual([{ amount: { value: '100.00', currency: 'RUB' } }])
  })

  it('is let go when the order was cancelled meanwhile: no money moves, and nothing is refunded', async () => {
    const { order, payment, id } = await shop.opened({ hold: true })
    yookassa.pay(id)
    await cancelOrder(order.id)
    await yookassa.deliveries.deliver()
    await shop.eventually(async () => expect(yookassa.payments.read(id).status).toBe('canceled'))
    expect(await shop.statusOf(payment)).toBe('CANCELED')
    expect(yookassa.refundedOf(id)).toBe(0)
    expect(await bookedFor(shop, [payment.id])).toEqual({})
  })

  it('that nobody took ends by its own time, which the payment shows', async () => {
    const { payment, id } = await shop.opened({ hold: true })
    yookassa.pay(id)
    yookassa.faults.next('error-not-applied', { on: `POST /v3/payments/${id}/capture`, times: 50 })
    await yookassa.deliveries.deliver()
    await shop.untilStatus(payment, 'WAITING_FOR_CAPTURE')
    const { expiresAt } = await shop.payment(payment.id)
    expect(expiresAt?.toISOString()).toBe(yookassa.payments.read(id).expires_at)
    yookassa.expire(id)
    await yookassa.deliveries.deliver()
    await shop.untilStatus(payment, 'CANCELED')
    yookassa.faults.clear()
    expect((await shop.payment(payment.id)).failureReason).toBe('The hold on the money ran out. Nothing was taken.')
  })
})

describe('giving up', () => {
  it('a payment whose customer may still pay: it is CANCELED here, and paid after all it is sold after all', async () => {
    const { order, payment, id } = await shop.opened()
    const CANCEL = /* GraphQL */ `mutation GiveUpAtYooKassa($id: UUID!) { cancelPayment(id: $id) { status failureReason } }`
    expect(await shop.clientOf(customer).get(CANCEL, { id: payment.id })).toEqual({
      cancelPayment: { status: 'CANCELED', failureReason: 'Canceled before it was paid.' },
    })
    expect(yookassa.payments.read(id).status).toBe('pending')
    yookassa.pay(id)
    await yookassa.deliveries.deliver()
    await shop.untilStatus(payment, 'SUCCEEDED')
    expect(await prisma.order.findUnique({ where: { id: order.id } })).toMatchObject({ status: 'PAID' })
  })

  it('one that is paid after its order was cancelled goes back in full', async () => {
    const { order, payment, id } = await shop.opened()
    await shop.transact(async (tx) => {
      await tx.prisma.order.update({ where: { id: order.id }, data: { status: 'CANCELLED' } })
      await shop.payments.cancelPending(tx, 'ORDER', order.id)
    })
    yookassa.pay(id)
    await yookassa.deliveries.deliver()
    await shop.untilStatus(payment, 'REFUNDED')
    expect(yookassa.refundedOf(id)).toBe(10_000)
  })

  it('one whose customer then confirms a hold lets the money go', async () => {
    const { order, payment, id } = await shop.opened({ hold: true })
    await shop.transact(async (tx) => {
      await tx.prisma.order.update({ where: { id: order.id }, data: { status: 'CANCELLED' } })
      await shop.payments.cancelPending(tx, 'ORDER', order.id)
    })
    // The job that cancels there has come too early to be of use.
    await shop.eventually(async () => expect(yookassa.calls.at(-1)?.url.pathname).toBe(`/v3/payments/${id}`))
    yookassa.pay(id)
    await yookassa.deliveries.deliver()
    await shop.eventually(async () => expect(yookassa.payments.read(id).status).toBe('canceled'))
    expect(await shop.statusOf(payment)).toBe('CANCELED')
  })
})

describe('refunds', () => {
  it('in parts and in full, each with what is given back on its receipt', async () => {
    const { order, payment, id } = await shop.paid(10_000n, { receipt })
    await shop.refund(order, 5_000n)
    await shop.untilStatus(payment, 'PARTIALLY_REFUNDED')
    await shop.refund(order)
    await shop.untilStatus(payment, 'REFUNDED')
    expect(yookassa.refundedOf(id)).toBe(10_000)
    const items = sentTo('/v3/refunds')
      .filter(({ payment_id }) => payment_id === id)
      .map((request) =>
        request.receipt.items.map((item: { quantity: number; amount: { value: string } }) => [
          item.quantity,
          item.amount.value,
        ]),
      )
    expect(items).toEqual([
      [
        [1, '49.00'],
        [1, '1.00'],
      ],
      [
        [1, '48.00'],
        [1, '2.00'],
      ],
    ])
    expect(await bookedFor(shop, [payment.id])).toEqual({ PROVIDER_CLEARING: 0n, REVENUE: 10_000n, REFUNDS: -10_000n })
  })

  it('that the provider refuses is FAILED, and the same money can be asked for again', async () => {
    const { order, payment, id } = await shop.paid()
    // Somebody gave it back by hand, in YooKassa's own cabinet.
    const byHand = yookassa.refunds.create({ payment_id: id, amount: { value: '60.00', currency: 'RUB' } })
    const refundId = await shop.refund(order)
    await shop.eventually(async () => expect(await shop.refundRow(refundId)).toMatchObject({ status: 'FAILED' }))
    expect(await shop.statusOf(payment)).toBe('SUCCEEDED')
    const rest = await shop.refund(order, 4_000n)
    await shop.eventually(async () => expect(await shop.refundRow(rest)).toMatchObject({ status: 'SUCCEEDED' }))
    expect((await shop.refundRow(rest)).providerRefundId).not.toBe(byHand.id)
    expect(yookassa.refundedOf(id)).toBe(10_000)
  })
})

describe('a kept payment method', () => {
  it('is charged again without its customer, and a charge that is declined says why', async () => {
    const { payment, id } = await shop.paid(99_000n, { saveMethod: true })
    expect(payment.savedMethodId).toBe(id)
    const renewal = await shop.opened({ savedMethodId: id }, 99_000n)
    await shop.untilStatus(renewal.payment, 'SUCCEEDED')
    expect(renewal.payment.confirmationUrl).toBeNull()
    yookassa.payments.methods.set(id, 'permission_revoked')
    const refused = await shop.opened({ savedMethodId: id }, 99_000n)
    expect(await shop.payment(refused.payment.id)).toMatchObject({
      status: 'CANCELED',
      failureReason: 'The permission to charge this card was withdrawn. Pay yourself to give it again.',
    })
  })

  it('is not kept unless asked for', async () => {
    expect((await shop.paid()).payment.savedMethodId).toBeNull()
  })
})
