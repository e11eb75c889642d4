import { describe, expect, it } from 'vitest'
import { newId } from '../../../../src/kernel/ids.js'
import type { SignedInViewer } from '../../../../src/kernel/viewer.js'
import { checkLedger } from '../../../../src/modules/payments/index.js'
import { fillBalance } from '../fill-balance.js'
import { bookedFor, brokenLines } from '../ledger-state.js'
import { openStripeShop } from './stripe-shop.js'

const shop = await openStripeShop({ seed: 11 })
const { stripe } = shop
const { prisma } = shop.platform.database
const manager = await shop.openAccount('MANAGER')
const admin = await shop.openAccount('ADMIN')

const REFUND = /* GraphQL */ `
  mutation RefundPayment($id: UUID!, $amount: SafeInt, $reason: String, $idempotencyKey: String) {
    refundPayment(id: $id, amount: $amount, reason: $reason, idempotencyKey: $idempotencyKey) {
      id status amount { amount } refunded { amount } refunds { amount { amount } status reason }
    }
  }`

const codeOf = (variables: object, staff: SignedInViewer = manager) => shop.clientOf(staff).codeOf(REFUND, variables)
const is = (id: string, status: string) =>
  shop.eventually(async () => expect((await shop.payment(id)).status).toBe(status))
const pay = async (payment: { providerPaymentId: string | null }) => {
  stripe.pay(payment.providerPaymentId ?? '')
  await stripe.deliveries.deliver()
}
/** A customer with this much on the balance, by one deposit. */
async function rich(amount: bigint) {
  const customer = await shop.openAccount()
  return { customer, payment: await fillBalance(shop, customer, amount, pay) }
}
const refundsOf = (paymentId: string) => prisma.refund.findMany({ where: { paymentId }, orderBy: { id: 'asc' } })
const atProvider = async (paymentId: string) => {
  await shop.eventually(async () =>
    expect((await refundsOf(paymentId)).every(({ providerRefundId }) => providerRefundId !== null)).toBe(true),
  )
  return (await refundsOf(paymentId)).at(-1)?.providerRefundId ?? ''
}

describe('refundPayment', () => {
  it('gives back a part, then the rest; its order hears of it and keeps its status; the audit log knows who', async () => {
    const { order, payment } = await shop.paid()
    const { refundPayment } = await shop
      .clientOf(manager)
      .get<{ refundPayment: object }>(REFUND, { id: payment.id, amount: 4_000, reason: 'A scratch' })
    expect(refundPayment).toMatchObject({
      id: payment.id,
      refunds: [{ amount: { amount: 4_000 }, reason: 'A scratch' }],
    })
    await is(payment.id, 'PARTIALLY_REFUNDED')
    expect(await codeOf({ id: payment.id }, admin)).toBe('ok')
    await is(payment.id, 'REFUNDED')
    expect(shop.seller.refunds.filter(({ referenceId }) => referenceId === order.id)).toHaveLength(2)
    expect((await prisma.order.findUniqueOrThrow({ where: { id: order.id } })).status).toBe('PAID')
    const deeds = await prisma.auditEntry.findMany({ where: { subjectId: payment.id }, orderBy: { id: 'asc' } })
    expect(deeds).toMatchObject([
      {
        actorId: manager.userId,
        action: 'payment.refund',
        subjectType: 'Payment',
        changes: { refundable: { from: '10000', to: '6000' }, note: 'A scratch' },
      },
      { actorId: admin.userId, changes: { refundable: { from: '6000', to: '0' } } },
    ])
    expect(await codeOf({ id: payment.id })).toBe('INVALID_TRANSITION')
    expect(await codeOf({ id: payment.id, amount: 1 })).toBe('BAD_USER_INPUT')
  })

  it.each([0, -1, 10_001])('of %d of 10000 names the amount', async (amount) => {
    const { payment } = await shop.paid()
    const { errors } = await shop.clientOf(manager).ask(REFUND, { id: payment.id, amount })
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'amount' }] })
    expect(await refundsOf(payment.id)).toEqual([])
  })

  it('refuses what was not paid, what there is not, an empty key, and everybody else', async () => {
    const payment = await shop.pay(shop.customer, await shop.placeOrder(shop.customer))
    expect(await codeOf({ id: payment.id })).toBe('INVALID_TRANSITION')
    expect(await codeOf({ id: newId() })).toBe('NOT_FOUND')
    expect(await codeOf({ id: payment.id, idempotencyKey: '' })).toBe('BAD_USER_INPUT')
    for (const role of ['USER', 'DESIGNER', 'FACTORY'] as const)
      expect(await codeOf({ id: payment.id }, await shop.openAccount(role))).toBe('FORBIDDEN')
  })

  it('under one key, ten times at once, gives once; the key of another manager is another', async () => {
    const { payment } = await shop.paid()
    const asked = { id: payment.id, amount: 1_000, idempotencyKey: 'once' }
    const codes = await Promise.all(Array.from({ length: 10 }, () => codeOf(asked)))
    expect(codes).toEqual(Array(10).fill('ok'))
    expect(await refundsOf(payment.id)).toHaveLength(1)
    expect(await codeOf({ ...asked, amount: 2_000 })).toBe('IDEMPOTENCY_CONFLICT')
    expect(await codeOf(asked, admin)).toBe('ok')
    expect(await refundsOf(payment.id)).toHaveLength(2)
  })

  it('twenty parts at once by two of the staff never exceed what was paid', async () => {
    const { payment } = await shop.paid()
    const ask = (_: unknown, index: number) =>
      codeOf({ id: payment.id, amount: 1_500 }, index % 2 === 0 ? manager : admin)
    const codes = await Promise.all(Array.from({ length: 20 }, ask))
    expect(codes.filter((code) => code === 'ok')).toHaveLength(6)
    expect(codes.filter((code) => code === 'BAD_USER_INPUT')).toHaveLength(14)
    await shop.eventually(async () => expect((await shop.payment(payment.id)).refundedAmount).toBe(9_000n))
    expect(stripe.refunds.all.size).toBeGreaterThan(5)
    expect(await brokenLines(shop)).toEqual([])
  })

  it('of everything, by two of the staff at once, is given once', async () => {
    const { payment } = await shop.paid()
    const codes = await Promise.all([codeOf({ id: payment.id }), codeOf({ id: payment.id }, admin)])
    expect(codes.sort()).toEqual(['INVALID_TRANSITION', 'ok'])
    expect(await refundsOf(payment.id)).toHaveLength(1)
  })
})

describe('a refund of a deposit', () => {
  it('takes the money off the balance when it is asked for, and is booked to the provider when it succeeded', async () => {
    const { customer, payment } = await rich(10_000n)
    stripe.refunds.beginNext('pending')
    expect(await codeOf({ id: payment.id, amount: 4_000 })).toBe('ok')
    expect(await shop.balanceOf(customer)).toBe(6_000n)
    expect(await bookedFor(shop, [payment.id])).toMatchObject({ CUSTOMER_RECEIVABLE: 4_000n })
    stripe.refunds.decide(await atProvider(payment.id), 'succeeded')
    await stripe.deliveries.deliver()
    await is(payment.id, 'PARTIALLY_REFUNDED')
    expect(await bookedFor(shop, [payment.id])).toEqual({
      PROVIDER_CLEARING: -6_000n,
      CUSTOMER_BALANCE: 6_000n,
      CUSTOMER_RECEIVABLE: 0n,
    })
    expect(await shop.linesOf(customer)).toEqual([
      ['DEPOSIT', 10_000n],
      ['REFUND', -4_000n],
    ])
  })

  it('that fails puts the money on the balance again', async () => {
    const { customer, payment } = await rich(10_000n)
    stripe.refunds.beginNext('pending')
    expect(await codeOf({ id: payment.id })).toBe('ok')
    expect(await shop.balanceOf(customer)).toBe(0n)
    stripe.refunds.decide(await atProvider(payment.id), 'failed')
    await stripe.deliveries.deliver()
    await shop.eventually(async () => expect(await shop.balanceOf(customer)).toBe(10_000n))
    expect(await shop.payment(payment.id)).toMatchObject({ status: 'SUCCEEDED', refundedAmount: 0n })
    expect(await refundsOf(payment.id)).toMatchObject([{ status: 'FAILED' }])
    expect((await shop.linesOf(customer)).at(-1)).toEqual(['ADJUSTMENT', 10_000n])
    expect(await codeOf({ id: payment.id })).toBe('ok')
    await is(payment.id, 'REFUNDED')
  })

  it('that has been spent is INSUFFICIENT_FUNDS, and nothing is written', async () => {
    const { customer, payment } = await rich(10_000n)
    await shop.pay(customer, await shop.placeOrder(customer, 1n), { provider: 'BALANCE' })
    expect(await codeOf({ id: payment.id, idempotencyKey: 'spent' })).toBe('INSUFFICIENT_FUNDS')
    expect(await refundsOf(payment.id)).toEqual([])
    expect(await prisma.auditEntry.count({ where: { subjectId: payment.id } })).toBe(0)
    expect(await codeOf({ id: payment.id, amount: 9_999, idempotencyKey: 'spent' })).toBe('ok')
  })

  it('racing with orders paid from the balance: one of them gets the money, never both', async () => {
    for (let round = 0; round < 5; round++) {
      const { customer, payment } = await rich(10_000n)
      const order = await shop.placeOrder(customer, 10_000n)
      const spend = shop.pay(customer, order, { provider: 'BALANCE' }).then(
        () => 'ok',
        (error: { code?: string }) => error.code ?? String(error),
      )
      expect((await Promise.all([spend, codeOf({ id: payment.id })])).sort()).toEqual(['INSUFFICIENT_FUNDS', 'ok'])
      expect(await shop.balanceOf(customer)).toBe(0n)
    }
  })
})

describe('a refund that comes back after it was given', () => {
  it('is FAILED, booked back, and can be given again', async () => {
    const { order, payment } = await shop.paid()
    await shop.refund(order)
    await is(payment.id, 'REFUNDED')
    await stripe.deliveries.deliver()
    stripe.refunds.decide(await atProvider(payment.id), 'failed')
    await stripe.deliveries.deliver({ copies: 3 })
    await is(payment.id, 'SUCCEEDED')
    expect(await shop.payment(payment.id)).toMatchObject({ refundedAmount: 0n })
    expect(await refundsOf(payment.id)).toMatchObject([{ status: 'FAILED' }])
    expect(await bookedFor(shop, [payment.id])).toEqual({ PROVIDER_CLEARING: -10_000n, REVENUE: 10_000n, REFUNDS: 0n })
    expect(await prisma.ledgerTransaction.count({ where: { paymentId: payment.id, kind: 'ADJUSTMENT' } })).toBe(1)
    expect(await prisma.webhookDelivery.count({ where: { error: { not: null } } })).toBe(0)
    expect(await codeOf({ id: payment.id })).toBe('ok')
    await is(payment.id, 'REFUNDED')
    expect(await bookedFor(shop, [payment.id])).toMatchObject({ PROVIDER_CLEARING: 0n, REFUNDS: -10_000n })
  })

  it('of a deposit is on the balance again', async () => {
    const { customer, payment } = await rich(10_000n)
    expect(await codeOf({ id: payment.id, amount: 3_000 })).toBe('ok')
    await is(payment.id, 'PARTIALLY_REFUNDED')
    await stripe.deliveries.deliver()
    stripe.refunds.decide(await atProvider(payment.id), 'failed')
    await stripe.deliveries.deliver()
    await is(payment.id, 'SUCCEEDED')
    expect(await shop.balanceOf(customer)).toBe(10_000n)
    expect(await bookedFor(shop, [payment.id])).toEqual({
      PROVIDER_CLEARING: -10_000n,
      CUSTOMER_BALANCE: 10_000n,
      CUSTOMER_RECEIVABLE: 0n,
    })
  })

  it('of money that nobody wanted is owed again', async () => {
    const order = await shop.placeOrder(shop.customer, 10_000n)
    const payment = await shop.pay(shop.customer, order)
    await prisma.order.update({ where: { id: order.id }, data: { status: 'CANCELLED' } })
    await pay(payment)
    await is(payment.id, 'REFUNDED')
    await stripe.deliveries.deliver()
    stripe.refunds.decide(await atProvider(payment.id), 'failed')
    await stripe.deliveries.deliver()
    await is(payment.id, 'SUCCEEDED')
    expect(await bookedFor(shop, [payment.id])).toEqual({ PROVIDER_CLEARING: -10_000n, CUSTOMER_RECEIVABLE: 10_000n })
    expect(await codeOf({ id: payment.id })).toBe('ok')
    await is(payment.id, 'REFUNDED')
    expect(await bookedFor(shop, [payment.id])).toEqual({ PROVIDER_CLEARING: 0n, CUSTOMER_RECEIVABLE: 0n })
  })
})

it('after all of this the books are sound', async () => {
  expect(await checkLedger(shop.platform.database.pool)).toBeNull()
})
