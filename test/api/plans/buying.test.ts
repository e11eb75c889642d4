import { describe, expect, test } from 'vitest'
import { DAY_MS } from '../../../src/kernel/clock.js'
import { money } from '../../../src/kernel/money.js'
import { createPaymentsRoom } from '../../../src/modules/payments/index.js'
import { inTransaction } from '../../../src/platform/database/transaction.js'
import { startYooKassaSimulator } from '../../simulators/yookassa/yookassa-simulator.js'
import { TestClient } from '../../testkit/client.js'
import { startGuest } from '../auth/people.js'
import { actAtCheckout } from '../payments/sandbox-hands.js'
import { CANCEL_PLAN, openPlanDesk, SUBSCRIBE } from './plan-desk.js'

const yookassa = await startYooKassaSimulator({ seed: 11 })
const desk = await openPlanDesk({ simulator: yookassa, slug: 'yookassa', env: yookassa.env })
const { prisma, see } = desk
const FILL_FOR_PLAN = /* GraphQL */ `
  mutation FillForPlan {
    deposit(input: { amount: 99000, provider: SANDBOX }) { id confirmationUrl }
  }`
const paidDays = async (account: Parameters<typeof see>[0]) => {
  const { currentPeriodStart, currentPeriodEnd } = await see(account)
  return (Date.parse(currentPeriodEnd) - Date.parse(currentPeriodStart)) / DAY_MS
}

describe('buying a plan', { timeout: 60_000 }, () => {
  test('costs what the catalogue says, changes nothing before it is paid, and then sets tier and quota', async () => {
    const anna = await desk.open()
    const payment = await desk.subscribe(anna, 'PRO')
    expect(payment).toMatchObject({ status: 'PENDING', purpose: 'PLAN', amount: { amount: 99_000 } })
    expect(await see(anna)).toMatchObject({ plan: { tier: 'FREE' }, remainingGenerations: 5 })
    await desk.pay(payment.id)
    const paid = { plan: { tier: 'PRO' }, status: 'ACTIVE', autoRenew: true, remainingGenerations: 50 }
    expect(await see(anna)).toMatchObject(paid)
    expect(await paidDays(anna)).toBe(30)
    const sent = JSON.parse(yookassa.calls.findLast(({ method }) => method === 'POST')?.body ?? '')
    expect(sent).toMatchObject({
      save_payment_method: true,
      receipt: { items: [{ quantity: 1, amount: { value: '990.00' }, payment_subject: 'service' }] },
    })
    expect(await desk.rowOf(anna)).toMatchObject({ methodProvider: 'YOOKASSA', methodId: expect.any(String) })
  })

  test('at the checkout of the sandbox sets tier and quota, and is renewed by letter as no method is kept', async () => {
    const anna = await desk.open()
    const payment = await desk.subscribe(anna, 'PRO', { provider: 'SANDBOX' })
    expect(await see(anna)).toMatchObject({ plan: { tier: 'FREE' }, remainingGenerations: 5 })
    expect((await actAtCheckout(payment, 'pay', 3)).page).toContain('Paid')
    const paid = { plan: { tier: 'PRO' }, status: 'ACTIVE', autoRenew: true, remainingGenerations: 50 }
    await desk.eventually(async () => expect(await see(anna)).toMatchObject(paid))
    expect(await paidDays(anna)).toBe(30)
    expect(await desk.rowOf(anna)).toMatchObject({ methodProvider: null, methodId: null })
  })

  test('from the balance happens at once, or not at all where that does not reach', async () => {
    const anna = await desk.open()
    const fromBalance = { tier: 'PRO', provider: 'BALANCE' }
    expect(await anna.client.codeOf(SUBSCRIBE, fromBalance)).toBe('INSUFFICIENT_FUNDS')
    expect(await see(anna)).toMatchObject({ plan: { tier: 'FREE' }, remainingGenerations: 5 })
    const { deposit } = await anna.client.get<{ deposit: { id: string; confirmationUrl: string } }>(FILL_FOR_PLAN)
    await actAtCheckout(deposit, 'pay')
    await desk.settle(deposit.id)
    await anna.client.get(SUBSCRIBE, fromBalance)
    expect(await see(anna)).toMatchObject({ plan: { tier: 'PRO' }, autoRenew: true, remainingGenerations: 50 })
    expect(await desk.rowOf(anna)).toMatchObject({ methodProvider: null, methodId: null })
    expect(await anna.client.codeOf(SUBSCRIBE, fromBalance)).toBe('INSUFFICIENT_FUNDS')
  })

  test('declined at the checkout changes nothing', async () => {
    const anna = await desk.open()
    const payment = await desk.subscribe(anna, 'PRO', { provider: 'SANDBOX' })
    await actAtCheckout(payment, 'decline')
    await desk.settle(payment.id, 'CANCELED')
    expect(await see(anna)).toMatchObject({ plan: { tier: 'FREE' }, autoRenew: false, remainingGenerations: 5 })
  })

  test('refuses FREE, an empty key, visitors and guests', async () => {
    const anna = await desk.open()
    const { errors } = await anna.client.ask(SUBSCRIBE, { tier: 'FREE' })
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: 'tier' }] })
    expect(await anna.client.codeOf(SUBSCRIBE, { tier: 'PRO', key: '' })).toBe('BAD_USER_INPUT')
    expect(await new TestClient(desk.server).codeOf(SUBSCRIBE, { tier: 'PRO' })).toBe('UNAUTHENTICATED')
    const guest = await startGuest(desk.server)
    expect(await guest.client.codeOf(SUBSCRIBE, { tier: 'PRO' })).toBe('FORBIDDEN')
    for (const { id } of [anna, guest]) expect(await desk.paymentsOf({ id })).toEqual([])
  })

  test('under one key is one payment, and another plan under it is a conflict', async () => {
    const anna = await desk.open()
    const many = await Promise.all(Array.from({ length: 5 }, () => desk.subscribe(anna, 'PRO', { key: 'one' })))
    expect(new Set(many.map(({ id }) => id)).size).toBe(1)
    expect(await anna.client.codeOf(SUBSCRIBE, { tier: 'PREMIUM', key: 'one' })).toBe('IDEMPOTENCY_CONFLICT')
    expect(await desk.paymentsOf(anna)).toHaveLength(1)
  })

  test('that one already has adds 30 days, and its quota comes at the anniversary, once', async () => {
    const anna = await desk.open()
    const attempts = await Promise.all([desk.subscribe(anna, 'PRO'), desk.subscribe(anna, 'PRO')])
    await Promise.all(attempts.map(({ id }) => desk.pay(id)))
    await prisma.planSubscription.update({ where: { userId: anna.id }, data: { remainingGenerations: 3 } })
    expect(await paidDays(anna)).toBe(60)
    await desk.age(anna, 30)
    expect(await see(anna)).toMatchObject({ plan: { tier: 'PRO' }, remainingGenerations: 50 })
    expect(await paidDays(anna)).toBe(30)
  })

  test('of another tier begins it at once with its own quota', async () => {
    const anna = await desk.open()
    await desk.buy(anna, 'PRO')
    await desk.buy(anna, 'PREMIUM')
    expect(await see(anna)).toMatchObject({ plan: { tier: 'PREMIUM' }, remainingGenerations: 200 })
    expect(await paidDays(anna)).toBe(30)
  })
})

describe('cancelling a plan', { timeout: 60_000 }, () => {
  test('lets it run to its end; repeating changes nothing; buying again makes it ACTIVE', async () => {
    const anna = await desk.open()
    expect(await anna.client.codeOf(CANCEL_PLAN)).toBe('INVALID_TRANSITION')
    await desk.buy(anna, 'PRO')
    const cancelled = { status: 'CANCELLED', autoRenew: false, remainingGenerations: 50, plan: { tier: 'PRO' } }
    for (const _again of [1, 2])
      expect((await anna.client.get<{ cancelPlan: object }>(CANCEL_PLAN)).cancelPlan).toMatchObject(cancelled)
    await desk.buy(anna, 'PRO')
    expect(await see(anna)).toMatchObject({ status: 'ACTIVE', autoRenew: true })
    expect(await paidDays(anna)).toBe(60)
    await anna.client.get(CANCEL_PLAN)
    await desk.age(anna, 60)
    expect(await see(anna)).toMatchObject({ plan: { tier: 'FREE' }, status: 'ACTIVE', remainingGenerations: 5 })
  })
})

describe('a refund', { timeout: 60_000 }, () => {
  // A second room over the same database: what it asks for, the server's jobs carry out.
  const { payments } = createPaymentsRoom(desk.server.platform, { webhookBase: () => '' })
  const refund = async (paymentId: string, amount?: bigint) => {
    const { referenceId } = await prisma.payment.findUniqueOrThrow({ where: { id: paymentId } })
    const asked = { purpose: 'PLAN', referenceId: referenceId ?? '', ...(amount && { amount: money(amount) }) } as const
    await inTransaction(desk.server.platform.database, (tx) => payments.refund(tx, asked))
  }

  test('in part changes nothing; in full takes the 30 days back, and FREE’s quota is the most that is left', async () => {
    const anna = await desk.open()
    const first = await desk.buy(anna, 'PRO')
    const second = await desk.buy(anna, 'PRO')
    await refund(second, 10_000n)
    await desk.settle(second, 'PARTIALLY_REFUNDED')
    expect(await paidDays(anna)).toBe(60)
    await refund(second)
    await desk.settle(second, 'REFUNDED')
    expect(await see(anna)).toMatchObject({ plan: { tier: 'PRO' }, remainingGenerations: 50 })
    expect(await paidDays(anna)).toBe(30)
    await refund(first)
    await desk.settle(first, 'REFUNDED')
    expect(await see(anna)).toMatchObject({ plan: { tier: 'FREE' }, autoRenew: false, remainingGenerations: 5 })
  })
})

test('a plan that is paid after its account was deleted goes back', async () => {
  const anna = await desk.open()
  const { id } = await desk.subscribe(anna, 'PRO')
  await anna.client.get('mutation LeaveUnpaid { deleteAccount(password: "Adtime-test-1") }')
  const { providerPaymentId } = await prisma.payment.findUniqueOrThrow({ where: { id } })
  yookassa.pay(providerPaymentId ?? '')
  await desk.settle(id, 'REFUNDED')
  expect(await prisma.planSubscription.count({ where: { userId: anna.id } })).toBe(0)
})
