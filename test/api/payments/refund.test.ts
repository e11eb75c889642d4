import { describe, expect, it } from 'vitest'
import type { Order, Payment } from '../../../src/generated/prisma/client.js'
import { newId } from '../../../src/kernel/ids.js'
import { money } from '../../../src/kernel/money.js'
import { bookedFor, brokenLines } from './ledger-state.js'
import { openPaymentShop } from './payment-shop.js'
import { actAtCheckout } from './sandbox-hands.js'

const shop = await openPaymentShop()
const customer = await shop.openAccount()
const { prisma } = shop.platform.database

async function paidOrder(total = 10_000n): Promise<{ order: Order; payment: Payment }> {
  const order = await shop.placeOrder(customer, total)
  const payment = await shop.pay(customer, order)
  await actAtCheckout(payment, 'pay')
  await shop.eventually(async () => expect((await shop.payment(payment.id)).status).toBe('SUCCEEDED'))
  return { order, payment }
}

const refund = (order: Order, amount?: bigint) =>
  shop.transact((tx) =>
    shop.payments.refund(tx, {
      purpose: 'ORDER',
      referenceId: order.id,
      reason: 'Test',
      ...(amount !== undefined && { amount: money(amount) }),
    }),
  )

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error: { code?: string }) => error.code ?? String(error),
  )

describe('a refund', () => {
  it('of everything makes the payment REFUNDED, tells the seller and reverses the ledger', async () => {
    const { order, payment } = await paidOrder()
    const [id] = await refund(order)
    await shop.eventually(async () => expect((await shop.payment(payment.id)).status).toBe('REFUNDED'))
    expect(await prisma.refund.findUnique({ where: { id: id ?? '' } })).toMatchObject({
      status: 'SUCCEEDED',
      amount: 10_000n,
      reason: 'Test',
    })
    expect(shop.seller.refunds).toContainEqual({
      id,
      paymentId: payment.id,
      referenceId: order.id,
      amount: money(10_000n),
      isRest: true,
    })
    expect(await bookedFor(shop, [payment.id])).toEqual({ PROVIDER_CLEARING: 0n, REVENUE: 10_000n, REFUNDS: -10_000n })
  })

  it('in parts makes it PARTIALLY_REFUNDED and, with the last part, REFUNDED', async () => {
    const { order, payment } = await paidOrder()
    await refund(order, 4_000n)
    await shop.eventually(async () =>
      expect(await shop.payment(payment.id)).toMatchObject({ status: 'PARTIALLY_REFUNDED', refundedAmount: 4_000n }),
    )
    await refund(order)
    await shop.eventually(async () =>
      expect(await shop.payment(payment.id)).toMatchObject({ status: 'REFUNDED', refundedAmount: 10_000n }),
    )
    expect(await refund(order)).toEqual([])
  })

  it.each([0n, -1n, 10_001n])('of %d of 10000 is BAD_USER_INPUT', async (amount) => {
    const { order } = await paidOrder()
    expect(await codeOf(refund(order, amount))).toBe('BAD_USER_INPUT')
  })

  it('counts what is still PENDING: many at once never give back more than was paid', async () => {
    const { order, payment } = await paidOrder()
    const codes = await Promise.all(Array.from({ length: 12 }, () => codeOf(refund(order, 3_000n))))
    expect(codes.filter((code) => code === 'ok')).toHaveLength(3)
    expect(codes.filter((code) => code === 'BAD_USER_INPUT')).toHaveLength(9)
    await shop.eventually(async () =>
      expect(await shop.payment(payment.id)).toMatchObject({ status: 'PARTIALLY_REFUNDED', refundedAmount: 9_000n }),
    )
    const given = await prisma.sandboxRefund.aggregate({
      where: { sandboxPaymentId: payment.providerPaymentId ?? '' },
      _sum: { amount: true },
    })
    expect(given._sum.amount).toBe(9_000n)
    expect(await brokenLines(shop)).toEqual([])
  })

  it('whose job runs twice at once and again is given once', async () => {
    const { order, payment } = await paidOrder()
    const [refundId = ''] = await refund(order)
    const carryOut = () => shop.jobs['payments.refund']?.({ refundId } as never, {} as never)
    await Promise.all([carryOut(), carryOut(), carryOut()])
    await carryOut()
    expect(await prisma.sandboxRefund.count({ where: { sandboxPaymentId: payment.providerPaymentId ?? '' } })).toBe(1)
    expect(await prisma.ledgerTransaction.count({ where: { paymentId: payment.id, kind: 'REFUND' } })).toBe(1)
    expect(shop.seller.refunds.filter(({ id }) => id === refundId)).toHaveLength(1)
  })

  it('that the provider refuses for good is FAILED, books nothing, and its amount can be refunded again', async () => {
    const { order, payment } = await paidOrder()
    // The provider has given part of it back without us.
    await prisma.sandboxRefund.create({
      data: {
        id: newId(),
        idempotenceKey: newId(),
        sandboxPaymentId: payment.providerPaymentId ?? '',
        amount: 6_000n,
        createdAt: new Date(),
      },
    })
    const [refundId = ''] = await refund(order)
    await shop.eventually(async () =>
      expect((await prisma.refund.findUnique({ where: { id: refundId } }))?.status).toBe('FAILED'),
    )
    expect(await shop.payment(payment.id)).toMatchObject({ status: 'SUCCEEDED', refundedAmount: 0n })
    expect(await refund(order, 4_000n)).toHaveLength(1)
    await shop.eventually(async () => expect((await shop.payment(payment.id)).status).toBe('PARTIALLY_REFUNDED'))
  })
})
