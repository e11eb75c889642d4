import { expect, it } from 'vitest'
import { SeededRandom } from '../../../simulators/seeded-random.js'
import { brokenLines } from '../ledger-state.js'
import { openYooKassaShop } from './yookassa-shop.js'

const SEED = Number(process.env.WEATHER_SEED ?? 20)
const ORDERS = 24
const MINUTE = 60_000

let offset = 0
const clock = { now: () => new Date(Date.now() + offset) }
const shop = await openYooKassaShop({ clock, seed: SEED, answerMs: 250 })
const { yookassa, customer } = shop
const { prisma } = shop.platform.database
const random = new SeededRandom(SEED)

it(`in bad weather from seed ${SEED} every order ends paid once, or cancelled with all its money back`, {
  timeout: 120_000,
}, async () => {
  yookassa.faults.rate = 0.3
  yookassa.faults.slowMs = 400
  yookassa.deliveries.habits = { copies: 3, delayMs: 300, loss: 0.3 }
  const orders = await Promise.all(Array.from({ length: ORDERS }, () => shop.placeOrder(customer, 10_000n)))
  const visit = async (order: (typeof orders)[number]) => {
    for (let attempts = random.below(3); attempts >= 0; attempts--) {
      const hold = random.next() < 0.3
      await shop.pay(customer, order, { hold }).catch(() => undefined)
    }
    if (random.next() < 0.3)
      await shop.transact(async (tx) => {
        await tx.prisma.$queryRaw`select id from orders where id = ${order.id}::uuid for no key update`
        await tx.prisma.order.update({ where: { id: order.id }, data: { status: 'CANCELLED' } })
        await shop.payments.cancelPending(tx, 'ORDER', order.id)
        await shop.payments.refund(tx, { purpose: 'ORDER', referenceId: order.id })
      })
    // Customers pay wherever they have seen a page.
    for (const { id, status } of yookassa.payments.all.values())
      if (status === 'pending' && random.next() < 0.3) (random.next() < 0.8 ? yookassa.pay : yookassa.decline)(id)
  }
  await Promise.all(orders.map(visit))
  await yookassa.deliveries.arrived()
  yookassa.faults.clear()

  const open = async () =>
    (await prisma.payment.count({ where: { nextCheckAt: { not: null } } })) +
    (await prisma.refund.count({ where: { status: 'PENDING' } }))
  for (let rounds = 0; rounds < 40 && (await open()) > 0; rounds++) {
    offset += 10 * MINUTE
    for (const { id } of await prisma.payment.findMany({
      where: { status: 'PENDING', expiresAt: { lte: clock.now() } },
    }))
      await shop.runJob('payments.expire', { paymentId: id })
    await prisma.$executeRaw`update graphile_worker._private_jobs set run_at = now() where locked_at is null`
    await shop.runJob('reconcile-payments')
    await new Promise((resolve) => setTimeout(resolve, 300))
  }

  const payments = await prisma.payment.findMany()
  expect(payments.filter(({ status }) => status === 'PENDING' || status === 'WAITING_FOR_CAPTURE')).toEqual([])
  expect(
    payments
      .filter(({ nextCheckAt }) => nextCheckAt !== null)
      .map(({ id, status, checks }) => ({ id, status, checks })),
  ).toEqual([])
  for (const { idempotenceKey } of payments) expect(yookassa.paymentsOf(idempotenceKey).length).toBeLessThanOrEqual(1)
  for (const order of orders) {
    const now = await prisma.order.findUniqueOrThrow({ where: { id: order.id } })
    const attempts = payments.filter(({ referenceId }) => referenceId === order.id)
    const kept = attempts.filter(({ status }) => status === 'SUCCEEDED')
    expect(kept).toHaveLength(now.status === 'PAID' ? 1 : 0)
    for (const payment of attempts) {
      const there = yookassa.paymentsOf(payment.idempotenceKey)[0]
      const given = there ? BigInt(yookassa.refundedOf(there.id)) : 0n
      expect(given).toBe(payment.refundedAmount)
      expect(there?.isPaid ?? false).toBe(payment.paidAt !== null)
    }
  }
  expect(await brokenLines(shop)).toEqual([])
})
