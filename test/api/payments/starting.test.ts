import { afterEach, describe, expect, it } from 'vitest'
import { money } from '../../../src/kernel/money.js'
import { openPaymentShop } from './payment-shop.js'

let offset = 0
const shop = await openPaymentShop({ withWorker: false, clock: { now: () => new Date(Date.now() + offset) } })
const customer = await shop.openAccount()
const { prisma } = shop.platform.database

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error: { code?: string }) => error.code ?? String(error),
  )
const runJob = (name: string, payload: object) => shop.jobs[name]?.(payload as never, {} as never)

afterEach(() => {
  offset = 0
})

describe('starting a payment', () => {
  it('one key, eight calls at once: one payment, one at the provider, one link', async () => {
    const order = await shop.placeOrder(customer)
    const payments = await Promise.all(
      Array.from({ length: 8 }, () => shop.pay(customer, order, { idempotencyKey: 'once' })),
    )
    expect(new Set(payments.map(({ id, confirmationUrl }) => `${id} ${confirmationUrl}`)).size).toBe(1)
    const [payment] = payments
    expect(await prisma.payment.count({ where: { referenceId: order.id } })).toBe(1)
    expect(await prisma.sandboxPayment.count({ where: { idempotenceKey: payment?.idempotenceKey ?? '' } })).toBe(1)
    expect(await codeOf(shop.pay(customer, await shop.placeOrder(customer), { idempotencyKey: 'once' }))).toBe(
      'IDEMPOTENCY_CONFLICT',
    )
  })

  it('another key, or none, is another attempt', async () => {
    const order = await shop.placeOrder(customer)
    const ids = [
      await shop.pay(customer, order, { idempotencyKey: 'a' }),
      await shop.pay(customer, order),
      await shop.pay(customer, order),
    ]
    expect(new Set(ids.map(({ id }) => id)).size).toBe(3)
  })

  it('what cannot be paid for is refused by its seller, and no attempt is left', async () => {
    const order = await shop.placeOrder(customer)
    await prisma.order.update({ where: { id: order.id }, data: { status: 'CANCELLED' } })
    expect(await codeOf(shop.pay(customer, order))).toBe('CONFLICT')
    expect(await prisma.payment.count({ where: { referenceId: order.id } })).toBe(0)
  })

  it.each([0n, -1n, 100_000_001n])('%d kopecks are BAD_USER_INPUT', async (amount) => {
    const order = await shop.placeOrder(customer)
    expect(await codeOf(shop.pay(customer, order, { amount: money(amount) }))).toBe('BAD_USER_INPUT')
  })

  it('a million roubles can be paid', async () => {
    expect((await shop.pay(customer, await shop.placeOrder(customer, 100_000_000n))).status).toBe('PENDING')
  })

  it.each(['YOOKASSA', 'STRIPE'] as const)('%s, which is not configured, is PROVIDER_UNAVAILABLE', async (provider) => {
    expect(await codeOf(shop.pay(customer, await shop.placeOrder(customer), { provider }))).toBe('PROVIDER_UNAVAILABLE')
  })

  it('while the provider is down the attempt stays PENDING, and a repeat with the key opens that same attempt', async () => {
    const order = await shop.placeOrder(customer)
    await prisma.$executeRaw`alter table sandbox_payments rename to sandbox_payments_away`
    expect(await codeOf(shop.pay(customer, order, { idempotencyKey: 'down' }))).toBe('PROVIDER_UNAVAILABLE')
    const [waiting] = await prisma.payment.findMany({ where: { referenceId: order.id } })
    expect(waiting).toMatchObject({ status: 'PENDING', confirmationUrl: null })
    await prisma.$executeRaw`alter table sandbox_payments_away rename to sandbox_payments`
    const payment = await shop.pay(customer, order, { idempotencyKey: 'down' })
    expect(payment).toMatchObject({
      id: waiting?.id,
      status: 'PENDING',
      confirmationUrl: expect.stringContaining('/sandbox/checkout/'),
    })
  })

  it('an answer of the provider that was lost is found again by the key', async () => {
    const order = await shop.placeOrder(customer)
    const payment = await shop.pay(customer, order)
    await prisma.payment.update({ where: { id: payment.id }, data: { providerPaymentId: null, confirmationUrl: null } })
    await prisma.sandboxPayment.update({
      where: { id: payment.providerPaymentId ?? '' },
      data: { status: 'SUCCEEDED' },
    })
    offset = 31 * 60_000
    await runJob('payments.expire', { paymentId: payment.id })
    expect(await shop.payment(payment.id)).toMatchObject({
      status: 'SUCCEEDED',
      providerPaymentId: payment.providerPaymentId,
    })
    expect(await prisma.sandboxPayment.count({ where: { idempotenceKey: payment.idempotenceKey } })).toBe(1)
  })
})

describe('the time to pay', () => {
  it('is half an hour; then the attempt is CANCELED and its seller hears of it', async () => {
    const payment = await shop.pay(customer, await shop.placeOrder(customer))
    expect((payment.expiresAt?.getTime() ?? 0) - payment.createdAt.getTime()).toBeCloseTo(30 * 60_000, -4)
    await runJob('payments.expire', { paymentId: payment.id })
    expect((await shop.payment(payment.id)).status).toBe('PENDING')
    offset = 31 * 60_000
    await runJob('payments.expire', { paymentId: payment.id })
    expect(await shop.payment(payment.id)).toMatchObject({
      status: 'CANCELED',
      failureReason: 'The time to pay ran out.',
    })
    expect(shop.seller.failures).toContainEqual(
      expect.objectContaining({ id: payment.id, reason: 'The time to pay ran out.' }),
    )
  })

  it('leaves a paid payment alone, and finds one whose webhook was lost', async () => {
    const payment = await shop.pay(customer, await shop.placeOrder(customer))
    await prisma.sandboxPayment.update({
      where: { id: payment.providerPaymentId ?? '' },
      data: { status: 'SUCCEEDED' },
    })
    offset = 31 * 60_000
    await runJob('payments.expire', { paymentId: payment.id })
    await runJob('payments.expire', { paymentId: payment.id })
    expect((await shop.payment(payment.id)).status).toBe('SUCCEEDED')
    expect(await prisma.ledgerTransaction.count({ where: { paymentId: payment.id } })).toBe(1)
  })
})
