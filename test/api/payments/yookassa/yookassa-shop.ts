import { afterAll } from 'vitest'
import type { Order, Payment, Refund } from '../../../../src/generated/prisma/client.js'
import { type Clock, systemClock } from '../../../../src/kernel/clock.js'
import { money } from '../../../../src/kernel/money.js'
import type { SignedInViewer } from '../../../../src/kernel/viewer.js'
import type { PaymentRequest } from '../../../../src/modules/payments/index.js'
import type { Call } from '../../../simulators/simulator-server.js'
import { startYooKassaSimulator, type YooKassaSimulator } from '../../../simulators/yookassa/yookassa-simulator.js'
import { openPaymentShop, type PaymentShop } from '../payment-shop.js'

export interface YooKassaShop extends PaymentShop {
  readonly yookassa: YooKassaSimulator
  readonly customer: SignedInViewer
  statusOf(payment: Pick<Payment, 'id'>): Promise<Payment['status']>
  untilStatus(payment: Pick<Payment, 'id'>, status: Payment['status']): Promise<void>
  /** An attempt that waits for its customer. */
  opened(more?: Partial<PaymentRequest>, total?: bigint): Promise<Opened>
  /** A payment whose page is paid, and settled. */
  paid(total?: bigint, more?: Partial<PaymentRequest>): Promise<Opened>
  /** The only attempt to pay for an order, as its row is now. */
  attemptFor(order: Order): Promise<Payment>
  /** Asks for money back of an order; everything unless told. @returns the refund's id */
  refund(order: Order, amount?: bigint): Promise<string>
  refundRow(id: string): Promise<Refund>
  runJob(name: string, payload?: object): Promise<void>
  /** What the API was asked under a key. */
  callsUnder(key: string): readonly Call[]
}

export interface Opened {
  readonly order: Order
  readonly payment: Payment
  /** The provider's id. */
  readonly id: string
}

interface YooKassaShopOptions {
  readonly clock?: Clock
  readonly withWorker?: boolean
  readonly env?: Readonly<Record<string, string>>
  readonly seed?: number
  readonly answerMs?: number
}

/** A payment shop whose default provider is a simulated YooKassa. Its notifications wait until they are told to go. */
export async function openYooKassaShop(options: YooKassaShopOptions = {}): Promise<YooKassaShop> {
  const { clock = systemClock, withWorker = true, env = {}, seed = 1, answerMs = 2_000 } = options
  const yookassa = await startYooKassaSimulator({ seed, clock })
  afterAll(() => yookassa.close())
  const shop = await openPaymentShop({
    clock,
    withWorker,
    env: { ...yookassa.env, ...env },
    adjust: (config) => ({ ...config, yookassa: config.yookassa && { ...config.yookassa, answerMs } }),
  })
  yookassa.deliveries.url = `${shop.url}/webhooks/payments/yookassa`
  const customer = await shop.openAccount()
  const { prisma } = shop.platform.database

  const statusOf: YooKassaShop['statusOf'] = async ({ id }) => (await shop.payment(id)).status
  const untilStatus: YooKassaShop['untilStatus'] = (payment, status) =>
    shop.eventually(async () => {
      const now = await statusOf(payment)
      if (now !== status) throw new Error(`the payment is ${now}, not ${status}`)
    })
  const opened: YooKassaShop['opened'] = async (more = {}, total = 10_000n) => {
    const order = await shop.placeOrder(customer, total)
    const payment = await shop.pay(customer, order, more)
    return { order, payment, id: payment.providerPaymentId ?? '' }
  }
  return {
    ...shop,
    yookassa,
    customer,
    statusOf,
    untilStatus,
    opened,
    async paid(total, more) {
      const { order, payment, id } = await opened(more, total)
      yookassa.pay(id)
      await yookassa.deliveries.deliver()
      await untilStatus(payment, 'SUCCEEDED')
      return { order, payment: await shop.payment(payment.id), id }
    },
    attemptFor: (order) => prisma.payment.findFirstOrThrow({ where: { referenceId: order.id } }),
    async refund(order, amount) {
      const given = amount === undefined ? {} : { amount: money(amount) }
      const [id = ''] = await shop.transact((tx) =>
        shop.payments.refund(tx, { purpose: 'ORDER', referenceId: order.id, reason: 'Test', ...given }),
      )
      return id
    },
    refundRow: (id) => prisma.refund.findUniqueOrThrow({ where: { id } }),
    async runJob(name, payload = {}) {
      await shop.jobs[name]?.(payload as never, { isLastAttempt: false } as never)
    },
    callsUnder: (key) => yookassa.calls.filter(({ headers }) => headers['idempotence-key'] === key),
  }
}
