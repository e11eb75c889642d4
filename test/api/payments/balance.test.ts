import { describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { money } from '../../../src/kernel/money.js'
import { checkLedger } from '../../../src/modules/payments/index.js'
import { fillBalance } from './fill-balance.js'
import { bookedFor, brokenLines } from './ledger-state.js'
import { openPaymentShop } from './payment-shop.js'
import { postWebhook } from './sandbox-hands.js'

const shop = await openPaymentShop()
const { prisma } = shop.platform.database

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error: { code?: string }) => error.code ?? String(error),
  )
const rich = async (amount: bigint) => {
  const customer = await shop.openAccount()
  await fillBalance(shop, customer, amount)
  return customer
}
const fromBalance = { provider: 'BALANCE' } as const
const statusOf = async (id: string) => (await shop.payment(id)).status
const runJob = (name: string, payload: object) => shop.jobs[name]?.(payload as never, { isLastAttempt: false } as never)

describe('paying from the balance', () => {
  it('is done at once, without anything to confirm, and is one ORDER_PAYMENT line', async () => {
    const customer = await rich(300_000n)
    const payment = await shop.pay(customer, await shop.placeOrder(customer), fromBalance)
    expect(payment).toMatchObject({ status: 'SUCCEEDED', confirmationUrl: null, nextCheckAt: null })
    expect(shop.seller.accepted).toContain(payment.id)
    expect(await bookedFor(shop, [payment.id])).toEqual({ CUSTOMER_BALANCE: -220_000n, REVENUE: 220_000n })
    expect(await shop.linesOf(customer)).toEqual([
      ['DEPOSIT', 300_000n],
      ['ORDER_PAYMENT', -220_000n],
    ])
  })

  it('with too little is INSUFFICIENT_FUNDS: nothing is written, and the key is still unused', async () => {
    const customer = await rich(219_999n)
    const order = await shop.placeOrder(customer)
    const pay = () => shop.pay(customer, order, { ...fromBalance, idempotencyKey: 'once' })
    expect(await codeOf(pay())).toBe('INSUFFICIENT_FUNDS')
    expect(await prisma.payment.count({ where: { referenceId: order.id } })).toBe(0)
    expect(await prisma.idempotencyKey.count({ where: { userId: customer.userId } })).toBe(0)
    await fillBalance(shop, customer, 1n)
    expect((await pay()).status).toBe('SUCCEEDED')
  })

  it('by an account that never had a balance is INSUFFICIENT_FUNDS', async () => {
    const customer = await shop.openAccount()
    expect(await codeOf(shop.pay(customer, await shop.placeOrder(customer), fromBalance))).toBe('INSUFFICIENT_FUNDS')
    expect(await prisma.ledgerAccount.count({ where: { ownerId: customer.userId } })).toBe(0)
  })

  it('takes roubles alone', async () => {
    const customer = await rich(300_000n)
    const dollars = { ...fromBalance, amount: money(100n, 'USD') }
    expect(await codeOf(shop.pay(customer, await shop.placeOrder(customer), dollars))).toBe('BAD_USER_INPUT')
  })

  it('is never the default', async () => {
    const customer = await rich(300_000n)
    expect((await shop.pay(customer, await shop.placeOrder(customer))).provider).toBe('SANDBOX')
  })

  it('fifty orders at once from a balance that covers seven: seven are paid', async () => {
    const customer = await rich(75_000n)
    const orders = await Promise.all(Array.from({ length: 50 }, () => shop.placeOrder(customer, 10_000n)))
    const codes = await Promise.all(orders.map((order) => codeOf(shop.pay(customer, order, fromBalance))))
    expect(codes.filter((code) => code === 'ok')).toHaveLength(7)
    expect(codes.filter((code) => code === 'INSUFFICIENT_FUNDS')).toHaveLength(43)
    const paid = await prisma.payment.groupBy({
      by: ['status'],
      where: { userId: customer.userId, provider: 'BALANCE' },
      _count: true,
    })
    expect(paid.find(({ status }) => status === 'SUCCEEDED')?._count).toBe(7)
    expect(paid.filter(({ status }) => status !== 'SUCCEEDED' && status !== 'CANCELED')).toEqual([])
    expect(await prisma.order.count({ where: { customerId: customer.userId, status: 'PAID' } })).toBe(7)
    expect(await shop.balanceOf(customer)).toBe(5_000n)
    expect(await brokenLines(shop)).toEqual([])
  })

  it('one order, ten attempts at once: paid once, and whatever else was taken is back', async () => {
    const customer = await rich(1_000_000n)
    const order = await shop.placeOrder(customer, 10_000n)
    await Promise.all(Array.from({ length: 10 }, () => codeOf(shop.pay(customer, order, fromBalance))))
    await shop.eventually(async () => expect(await shop.balanceOf(customer)).toBe(990_000n))
    const attempts = await prisma.payment.findMany({ where: { referenceId: order.id } })
    expect(attempts.filter(({ status }) => status === 'SUCCEEDED')).toHaveLength(1)
  })
})

describe('an attempt that was interrupted between its row and its settlement', () => {
  /** As a process leaves it that is killed there. */
  const interrupted = async (customer: Awaited<ReturnType<typeof rich>>, total: bigint, opened: boolean) => {
    const order = await shop.placeOrder(customer, total)
    const id = newId()
    await prisma.payment.create({
      data: {
        id,
        userId: customer.userId,
        provider: 'BALANCE',
        purpose: 'ORDER',
        referenceId: order.id,
        amount: total,
        description: 'An order',
        idempotenceKey: newId(),
        providerPaymentId: opened ? id : null,
        createdAt: new Date(),
        nextCheckAt: new Date(),
      },
    })
    return id
  }

  it.each([false, true])('is finished by the reconciliation (opened: %s)', async (opened) => {
    const customer = await rich(10_000n)
    const id = await interrupted(customer, 10_000n, opened)
    await runJob('reconcile-payments', {})
    await shop.eventually(async () => expect(await statusOf(id)).toBe('SUCCEEDED'))
    expect(await shop.balanceOf(customer)).toBe(0n)
  })

  it.each([false, true])(
    'is CANCELED when the money was spent meanwhile, and stays so (opened: %s)',
    async (opened) => {
      const customer = await rich(9_999n)
      const id = await interrupted(customer, 10_000n, opened)
      await runJob('reconcile-payments', {})
      await shop.eventually(async () => expect(await statusOf(id)).toBe('CANCELED'))
      expect(await shop.payment(id)).toMatchObject({
        failureReason: 'There is not enough money on the balance.',
        nextCheckAt: null,
      })
      await fillBalance(shop, customer, 1n)
      await runJob('payments.check', { paymentId: id })
      await runJob('payments.cancel', { paymentId: id })
      expect(await statusOf(id)).toBe('CANCELED')
      expect(await shop.balanceOf(customer)).toBe(10_000n)
    },
  )

  it('is given up with its order, and takes nothing any more', async () => {
    const customer = await rich(10_000n)
    const id = await interrupted(customer, 10_000n, false)
    const { referenceId } = await shop.payment(id)
    await shop.transact((tx) => shop.payments.cancelPending(tx, 'ORDER', referenceId ?? ''))
    await shop.eventually(async () =>
      expect(await shop.payment(id)).toMatchObject({ status: 'CANCELED', nextCheckAt: null }),
    )
    expect(await shop.balanceOf(customer)).toBe(10_000n)
  })

  it('is canceled by its customer, and at the end of its time', async () => {
    const customer = await rich(20_000n)
    const [canceled, expired] = [
      await interrupted(customer, 10_000n, true),
      await interrupted(customer, 10_000n, false),
    ]
    await shop.clientOf(customer).get('mutation Give($id: UUID!) { cancelPayment(id: $id) { id } }', { id: canceled })
    await runJob('payments.expire', { paymentId: expired })
    expect([await statusOf(canceled), await statusOf(expired)]).toEqual(['CANCELED', 'CANCELED'])
    expect(await shop.balanceOf(customer)).toBe(20_000n)
  })
})

describe('a refund of what was paid from the balance', () => {
  it('is back on it at once', async () => {
    const customer = await rich(220_000n)
    const order = await shop.placeOrder(customer)
    const payment = await shop.pay(customer, order, fromBalance)
    await shop.transact((tx) => shop.payments.refund(tx, { purpose: 'ORDER', referenceId: order.id }))
    await shop.eventually(async () => expect(await statusOf(payment.id)).toBe('REFUNDED'))
    expect(await shop.linesOf(customer)).toEqual([
      ['DEPOSIT', 220_000n],
      ['ORDER_PAYMENT', -220_000n],
      ['REFUND', 220_000n],
    ])
  })
})

it('nobody can send webhooks for the balance', async () => {
  expect((await postWebhook(shop, '{}', {}, 'balance')).status).toBe(404)
})

it('after all of this the books are sound', async () => {
  expect(await checkLedger(shop.platform.database.pool)).toBeNull()
})
