import { expect, it } from 'vitest'
import type { Payment } from '../../../../src/generated/prisma/client.js'
import { shareSale, spendBalance, standingOf } from '../designer-books.js'
import { openStripeShop } from './stripe-shop.js'

const shop = await openStripeShop({ seed: 12 })
const { stripe } = shop
const { prisma } = shop.platform.database

const refundedAmount = (payment: Payment, amount: bigint) =>
  shop.eventually(async () => expect((await shop.payment(payment.id)).refundedAmount).toBe(amount))

/** The bank sends back what it was given; Stripe says so three times. */
async function comesBack(refundId: string): Promise<void> {
  await stripe.deliveries.deliver()
  const { providerRefundId } = await prisma.refund.findUniqueOrThrow({ where: { id: refundId } })
  stripe.refunds.decide(providerRefundId ?? '', 'failed')
  await stripe.deliveries.deliver({ copies: 3 })
}

/** A completed sale of 60 of an order’s 100 roubles, by a designer who has nothing else. */
async function sold() {
  const designer = await shop.openAccount('DESIGNER')
  const { order, payment } = await shop.paid()
  await shareSale(shop, order, [designer, 6_000n])
  const standing = () => standingOf(shop, designer)
  expect(await standing()).toEqual({ balance: 5_100n, payable: 0n })
  return { designer, order, payment, standing }
}

it('a designer gets back their part of a refund that comes back, once, and gives it again with the next', async () => {
  const { order, payment, standing } = await sold()
  const first = await shop.refund(order, 5_000n)
  await refundedAmount(payment, 5_000n)
  const second = await shop.refund(order)
  await refundedAmount(payment, 10_000n)
  expect(await standing()).toEqual({ balance: 0n, payable: 0n })
  await comesBack(first)
  await refundedAmount(payment, 5_000n)
  expect(await standing()).toEqual({ balance: 2_550n, payable: 0n })
  await comesBack(second)
  await refundedAmount(payment, 0n)
  expect(await standing()).toEqual({ balance: 5_100n, payable: 0n })
  await shop.refund(order, 2_500n)
  await refundedAmount(payment, 2_500n)
  expect(await standing()).toEqual({ balance: 3_825n, payable: 0n })
})

it('one who has spent it owes nothing any more', async () => {
  const { designer, order, payment, standing } = await sold()
  await spendBalance(shop, designer, 5_000n)
  const id = await shop.refund(order)
  await refundedAmount(payment, 10_000n)
  expect(await standing()).toEqual({ balance: 0n, payable: -5_000n })
  await comesBack(id)
  await refundedAmount(payment, 0n)
  expect(await standing()).toEqual({ balance: 100n, payable: 0n })
})

it('refunds of several orders come back while the designer spends and others are given: the books are sound', async () => {
  const designer = await shop.openAccount('DESIGNER')
  const sales = await Promise.all(Array.from({ length: 6 }, () => shop.paid()))
  for (const { order } of sales) await shareSale(shop, order, [designer, 10_000n])
  const given = await Promise.all(sales.slice(0, 3).map(({ order }) => shop.refund(order)))
  await Promise.all(sales.slice(0, 3).map(({ payment }) => refundedAmount(payment, 10_000n)))
  expect(await standingOf(shop, designer)).toEqual({ balance: 25_500n, payable: 0n })
  const spending = Array.from({ length: 4 }, () =>
    spendBalance(shop, designer, 8_000n).then(
      () => 8_000n,
      (error) => {
        expect(error).toMatchObject({ code: 'INSUFFICIENT_FUNDS' })
        return 0n
      },
    ),
  )
  const [spent] = await Promise.all([
    Promise.all(spending),
    ...given.map((id) => comesBack(id)),
    ...sales.slice(3).map(({ order }) => shop.refund(order, 4_000n)),
  ])
  for (const [index, { payment }] of sales.entries()) await refundedAmount(payment, index < 3 ? 0n : 4_000n)
  // Three in full, three at six tenths.
  const { balance, payable } = await standingOf(shop, designer)
  expect(balance + payable).toBe(3n * 8_500n + 3n * 5_100n - spent.reduce((sum, amount) => sum + amount, 0n))
  const deadlocks =
    await prisma.$queryRaw`select deadlocks::int from pg_stat_database where datname = current_database()`
  expect(deadlocks).toEqual([{ deadlocks: 0 }])
})
