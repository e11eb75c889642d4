import { afterEach, describe, expect, it } from 'vitest'
import { openYooKassaShop } from './yookassa-shop.js'

let offset = 0
const clock = { now: () => new Date(Date.now() + offset) }
const shop = await openYooKassaShop({ clock })
const { yookassa, customer } = shop
const { prisma, pool } = shop.platform.database
const MINUTE = 60_000

afterEach(() => {
  offset = 0
  yookassa.faults.clear()
  yookassa.refunds.outcome = 'succeeded'
})

const reconcile = (later: number) => {
  offset += later
  return shop.runJob('reconcile-payments')
}
const readsOf = (id: string) =>
  yookassa.calls.filter(({ method, url }) => method === 'GET' && url.pathname === `/v3/payments/${id}`).length

describe('what webhooks did not tell', () => {
  it('a payment that was paid is found two minutes after it was begun, and not before', async () => {
    const { payment, id } = await shop.opened()
    yookassa.pay(id)
    yookassa.deliveries.lose()
    await reconcile(MINUTE)
    expect(readsOf(id)).toBe(0)
    await reconcile(MINUTE)
    await shop.untilStatus(payment, 'SUCCEEDED')
    expect((await shop.payment(payment.id)).nextCheckAt).toBeNull()
  })

  it('a payment that was declined is found, and its seller hears of it', async () => {
    const { payment, id } = await shop.opened()
    yookassa.decline(id)
    yookassa.deliveries.lose()
    await reconcile(2 * MINUTE)
    await shop.untilStatus(payment, 'CANCELED')
    expect(shop.seller.failures).toContainEqual(expect.objectContaining({ id: payment.id }))
  })

  it('a hold is found and captured', async () => {
    const { payment, id } = await shop.opened({ hold: true })
    yookassa.pay(id)
    yookassa.deliveries.lose()
    await reconcile(2 * MINUTE)
    await shop.untilStatus(payment, 'SUCCEEDED')
  })

  it('a payment that was given up and paid all the same is found, and refunded', async () => {
    const { order, payment, id } = await shop.opened()
    await shop.transact(async (tx) => {
      await tx.prisma.order.update({ where: { id: order.id }, data: { status: 'CANCELLED' } })
      await shop.payments.cancelPending(tx, 'ORDER', order.id)
    })
    yookassa.pay(id)
    yookassa.deliveries.lose()
    await reconcile(2 * MINUTE)
    await shop.untilStatus(payment, 'REFUNDED')
    expect(yookassa.refundedOf(id)).toBe(10_000)
  })

  it('a payment that ran out of time here and there is asked about until its provider said so', async () => {
    const { payment, id } = await shop.opened()
    offset = 31 * MINUTE
    await shop.runJob('payments.expire', { paymentId: payment.id })
    expect(await shop.payment(payment.id)).toMatchObject({ status: 'CANCELED', nextCheckAt: expect.any(Date) })
    offset = 61 * MINUTE
    await reconcile(0)
    await shop.eventually(async () => expect((await shop.payment(payment.id)).nextCheckAt).toBeNull())
    expect(yookassa.payments.read(id).status).toBe('canceled')
  })

  it('a refund that succeeded later, and one that failed, of which nobody is ever told', async () => {
    const { order, payment, id } = await shop.paid()
    yookassa.refunds.outcome = 'pending'
    const given = await shop.refund(order, 3_000n)
    const refused = await shop.refund(order, 4_000n)
    const providerId = async (refundId: string) => (await shop.refundRow(refundId)).providerRefundId ?? ''
    await shop.eventually(async () => {
      expect(await providerId(given)).not.toBe('')
      expect(await providerId(refused)).not.toBe('')
    })
    yookassa.refunds.settle(await providerId(given), 'succeeded')
    yookassa.refunds.settle(await providerId(refused), 'canceled')
    yookassa.deliveries.lose()
    await reconcile(2 * MINUTE)
    await shop.eventually(async () => {
      expect(await shop.refundRow(given)).toMatchObject({ status: 'SUCCEEDED', nextCheckAt: null })
      expect(await shop.refundRow(refused)).toMatchObject({ status: 'FAILED', nextCheckAt: null })
    })
    expect(await shop.payment(payment.id)).toMatchObject({ status: 'PARTIALLY_REFUNDED', refundedAmount: 3_000n })
    expect(yookassa.refundedOf(id)).toBe(3_000)
  })
})

describe('the questions', () => {
  it('come after pauses that double, up to a day', async () => {
    const { payment } = await shop.opened()
    const pauses: number[] = []
    for (let asked = 0; asked < 12; asked++) {
      const { nextCheckAt } = await shop.payment(payment.id)
      if (!nextCheckAt) break
      offset = nextCheckAt.getTime() - Date.now() + 1
      // The last word of its provider would end them.
      yookassa.faults.next('rate-limited', { on: 'GET /v3/payments', times: 3 })
      await shop.runJob('reconcile-payments')
      const next = (await shop.payment(payment.id)).nextCheckAt
      pauses.push(Math.round(((next?.getTime() ?? 0) - clock.now().getTime()) / MINUTE))
    }
    expect(pauses).toEqual([4, 8, 16, 32, 64, 128, 256, 512, 1_024, 1_440, 1_440, 1_440])
  })

  it('are one job for each payment, a hundred at most, however many processes ask', async () => {
    await prisma.payment.updateMany({ data: { nextCheckAt: null } })
    const orders = await Promise.all(Array.from({ length: 3 }, () => shop.placeOrder(customer)))
    const { id: userId } = await prisma.user.findFirstOrThrow()
    await pool.query(
      `insert into payments (id, user_id, provider, status, purpose, reference_id, amount, description, idempotence_key, created_at, next_check_at)
       select gen_random_uuid(), $1, 'YOOKASSA', 'CANCELED', 'ORDER', $2, 100, 'bulk', gen_random_uuid(), now(), now() - n * interval '1 second'
       from generate_series(1, 150) n`,
      [userId, orders[0]?.id],
    )
    yookassa.faults.next('error-not-applied', { on: 'GET /v3/payments', times: 10_000 })
    await shop.runJob('reconcile-payments')
    expect(await prisma.payment.count({ where: { description: 'bulk', checks: 1 } })).toBe(100)
    await Promise.all([1, 2, 3, 4].map(() => shop.runJob('reconcile-payments')))
    expect(await prisma.payment.count({ where: { description: 'bulk', checks: 1 } })).toBe(150)
  })
})
