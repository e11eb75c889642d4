import { afterAll } from 'vitest'
import type { Order, Payment } from '../../../../src/generated/prisma/client.js'
import { type Clock, systemClock } from '../../../../src/kernel/clock.js'
import { money } from '../../../../src/kernel/money.js'
import type { SignedInViewer } from '../../../../src/kernel/viewer.js'
import { type StripeSimulator, startStripeSimulator } from '../../../simulators/stripe/stripe-simulator.js'
import { openPaymentShop, type PaymentShop } from '../payment-shop.js'

export interface StripeShop extends PaymentShop {
  readonly stripe: StripeSimulator
  readonly customer: SignedInViewer
  statusOf(payment: Payment): Promise<Payment['status']>
  /** A payment whose page is paid, and settled. */
  paid(total?: bigint): Promise<{ readonly order: Order; readonly payment: Payment }>
  /** Asks for money back of an order; everything unless told. @returns the refund's id */
  refund(order: Order, amount?: bigint): Promise<string>
  runJob(name: string, payload: object): Promise<void>
}

interface StripeShopOptions {
  readonly clock?: Clock
  readonly withWorker?: boolean
  readonly env?: Readonly<Record<string, string>>
  readonly seed?: number
}

/** A payment shop whose only outside provider is a simulated Stripe. Its webhooks wait until they are told to go. */
export async function openStripeShop(options: StripeShopOptions = {}): Promise<StripeShop> {
  const { clock = systemClock, withWorker = true, env = {}, seed = 1 } = options
  const stripe = await startStripeSimulator({ seed, clock })
  afterAll(() => stripe.close())
  const access = {
    STRIPE_API_URL: stripe.url,
    STRIPE_SECRET_KEY: stripe.secretKey,
    STRIPE_WEBHOOK_SECRET: stripe.webhookSecret,
  }
  const shop = await openPaymentShop({ clock, withWorker, env: { ...access, ...env } })
  stripe.deliveries.url = `${shop.url}/webhooks/payments/stripe`
  const customer = await shop.openAccount()
  const statusOf = async ({ id }: Payment) => (await shop.payment(id)).status
  return {
    ...shop,
    stripe,
    customer,
    statusOf,
    async paid(total = 10_000n) {
      const order = await shop.placeOrder(customer, total)
      const payment = await shop.pay(customer, order)
      stripe.pay(payment.providerPaymentId ?? '')
      await stripe.deliveries.deliver()
      await shop.eventually(async () => {
        if ((await statusOf(payment)) !== 'SUCCEEDED') throw new Error('not settled yet')
      })
      return { order, payment: await shop.payment(payment.id) }
    },
    async refund(order, amount) {
      const given = amount === undefined ? {} : { amount: money(amount) }
      const [id = ''] = await shop.transact((tx) =>
        shop.payments.refund(tx, { purpose: 'ORDER', referenceId: order.id, reason: 'Test', ...given }),
      )
      return id
    },
    async runJob(name, payload) {
      await shop.jobs[name]?.(payload as never, { isLastAttempt: false } as never)
    },
  }
}
