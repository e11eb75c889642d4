import { describe, expect, it } from 'vitest'
import type { Order, Payment } from '../../../src/generated/prisma/client.js'
import { money } from '../../../src/kernel/money.js'
import type { SignedInViewer } from '../../../src/kernel/viewer.js'
import { booked, shareSale, spendBalance, standingOf } from './designer-books.js'
import { brokenLines } from './ledger-state.js'
import { openPaymentShop } from './payment-shop.js'
import { actAtCheckout } from './sandbox-hands.js'

const shop = await openPaymentShop()
const customer = await shop.openAccount()
const { prisma } = shop.platform.database

async function paidOrder(total = 100_000n): Promise<{ order: Order; payment: Payment }> {
  const order = await shop.placeOrder(customer, total)
  const payment = await shop.pay(customer, order)
  await actAtCheckout(payment, 'pay')
  await shop.eventually(async () => expect((await shop.payment(payment.id)).status).toBe('SUCCEEDED'))
  return { order, payment }
}

const complete = (order: Order, ...sales: readonly (readonly [SignedInViewer, bigint])[]) =>
  shareSale(shop, order, ...sales)
const spend = (designer: SignedInViewer, amount: bigint) => spendBalance(shop, designer, amount)
const standing = (designer: SignedInViewer) => standingOf(shop, designer)
const fees = () => booked(shop, 'PLATFORM_FEE')

async function refund(order: Order, amount?: bigint): Promise<void> {
  const ids = await shop.transact(async (tx) => {
    await shop.seller.lock(tx, order.id)
    const what = { purpose: 'ORDER', referenceId: order.id, ...(amount && { amount: money(amount) }) } as const
    return shop.payments.refund(tx, what)
  })
  await shop.eventually(async () =>
    expect(await prisma.refund.count({ where: { id: { in: ids }, status: 'SUCCEEDED' } })).toBe(ids.length),
  )
}

const LEDGER = `query EarningsLedger($id: UUID!) {
  account(id: $id) { balance { amount } ledger(first: 50) { nodes { kind amount { amount } balanceAfter { amount } payment { id } } } } }`

const designerOf = () => shop.openAccount('DESIGNER')

describe('a designer', () => {
  it('earns the price less the fee when the order completes: one line, which they can spend', async () => {
    const designer = await designerOf()
    const feesBefore = await fees()
    const { order } = await paidOrder()
    expect(await standing(designer)).toEqual({ balance: 0n, payable: 0n })
    await complete(order, [designer, 80_001n])
    const { account } = await shop.clientOf(designer).get<{ account: unknown }>(LEDGER, { id: designer.userId })
    const line = {
      kind: 'DESIGNER_EARNING',
      amount: { amount: 68_001 },
      balanceAfter: { amount: 68_001 },
      payment: null,
    }
    expect(account).toEqual({ balance: { amount: 68_001 }, ledger: { nodes: [line] } })
    expect(await fees()).toBe(feesBefore + 12_000n)
    await spend(designer, 68_001n)
    expect(await standing(designer)).toEqual({ balance: 0n, payable: 0n })
  })

  it('earns once, however often the sale is shared', async () => {
    const designer = await designerOf()
    const { order } = await paidOrder()
    await Promise.all(Array.from({ length: 5 }, () => complete(order, [designer, 100_000n])))
    expect(await standing(designer)).toEqual({ balance: 85_000n, payable: 0n })
  })

  it('gives back their part of every refund, to the kopeck', async () => {
    const [one, other] = [await designerOf(), await designerOf()]
    const feesBefore = await fees()
    const { order } = await paidOrder(99_999n)
    await complete(order, [one, 33_333n], [other, 55_555n])
    expect((await standing(one)).balance).toBe(28_334n)
    await refund(order, 33_333n)
    // Two thirds are left: 22222 and 37036 of the two sales.
    expect((await standing(one)).balance).toBe(22_222n - 3_333n)
    expect((await standing(other)).balance).toBe(37_036n - 5_555n)
    expect(await fees()).toBe(feesBefore + 3_333n + 5_555n)
    await refund(order, 1n)
    await refund(order)
    for (const designer of [one, other]) expect(await standing(designer)).toEqual({ balance: 0n, payable: 0n })
    expect(await fees()).toBe(feesBefore)
  })

  it('earns less of an order that was refunded in part before it completed, and nothing of one refunded in full', async () => {
    const designer = await designerOf()
    const first = await paidOrder()
    await refund(first.order, 50_000n)
    await complete(first.order, [designer, 100_000n])
    expect(await standing(designer)).toEqual({ balance: 42_500n, payable: 0n })
    const second = await paidOrder()
    await refund(second.order)
    await complete(second.order, [designer, 100_000n])
    expect(await standing(designer)).toEqual({ balance: 42_500n, payable: 0n })
  })

  it('who has spent what is refunded owes it, and the next earnings fill that first', async () => {
    const designer = await designerOf()
    const first = await paidOrder()
    await complete(first.order, [designer, 100_000n])
    await spend(designer, 80_000n)
    await refund(first.order)
    expect(await standing(designer)).toEqual({ balance: 0n, payable: -80_000n })
    const second = await paidOrder()
    await complete(second.order, [designer, 100_000n])
    expect(await standing(designer)).toEqual({ balance: 5_000n, payable: 0n })
  })

  it('whose account is deleted earns on, but nothing reaches the balance', async () => {
    const designer = await designerOf()
    await prisma.user.update({ where: { id: designer.userId }, data: { deletedAt: new Date() } })
    const { order } = await paidOrder()
    await complete(order, [designer, 100_000n])
    expect(await standing(designer)).toEqual({ balance: 0n, payable: 85_000n })
    await refund(order)
    expect(await standing(designer)).toEqual({ balance: 0n, payable: 0n })
  })

  it('loses nothing to a second payment that went back by itself', async () => {
    const designer = await designerOf()
    const order = await shop.placeOrder(customer, 100_000n)
    const attempts = [await shop.pay(customer, order), await shop.pay(customer, order)]
    await Promise.all(attempts.map((payment) => actAtCheckout(payment, 'pay')))
    await shop.eventually(async () => {
      const statuses = await Promise.all(attempts.map(async ({ id }) => (await shop.payment(id)).status))
      expect(statuses.sort()).toEqual(['REFUNDED', 'SUCCEEDED'])
    })
    await complete(order, [designer, 100_000n])
    await refund(order, 50_000n)
    expect(await standing(designer)).toEqual({ balance: 42_500n, payable: 0n })
  })
})

it('twenty orders complete while others are refunded and the designer spends: the sums are right and no balance was overdrawn', async () => {
  const designer = await designerOf()
  const feesBefore = await fees()
  const early = await Promise.all(Array.from({ length: 10 }, () => paidOrder(10_000n)))
  for (const { order } of early) await complete(order, [designer, 10_000n])
  const late = await Promise.all(Array.from({ length: 20 }, () => paidOrder(10_000n)))
  const spending = Array.from({ length: 10 }, () =>
    spend(designer, 9_000n).then(
      () => 9_000n,
      (error) => {
        expect(error).toMatchObject({ code: 'INSUFFICIENT_FUNDS' })
        return 0n
      },
    ),
  )
  const [spent] = await Promise.all([
    Promise.all(spending),
    Promise.all(late.map(({ order }) => complete(order, [designer, 10_000n]))),
    Promise.all(early.map(({ order }, index) => refund(order, index % 2 ? 10_000n : 4_000n))),
  ])
  // Twenty in full, five at six tenths, five not at all.
  const earned = 20n * 8_500n + 5n * 5_100n
  const { balance, payable } = await standing(designer)
  expect(balance + payable).toBe(earned - spent.reduce((sum, amount) => sum + amount, 0n))
  expect(balance).toBeGreaterThanOrEqual(0n)
  expect(await fees()).toBe(feesBefore + 20n * 1_500n + 5n * 900n)
  const overdrawn = {
    account: { kind: 'CUSTOMER_BALANCE', ownerId: designer.userId },
    balanceAfter: { lt: 0n },
  } as const
  expect(await prisma.ledgerLine.count({ where: overdrawn })).toBe(0)
  expect(await brokenLines(shop)).toEqual([])
  const deadlocks =
    await prisma.$queryRaw`select deadlocks::int from pg_stat_database where datname = current_database()`
  expect(deadlocks).toEqual([{ deadlocks: 0 }])
}, 60_000)
