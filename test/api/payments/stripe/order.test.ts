import { afterAll, expect, it } from 'vitest'
import { startStripeSimulator } from '../../../simulators/stripe/stripe-simulator.js'
import { CANCEL } from '../../orders/operations.js'
import { openOrderDesk } from '../../orders/order-desk.js'

const stripe = await startStripeSimulator({ seed: 11 })
const desk = await openOrderDesk({
  env: {
    STRIPE_API_URL: stripe.url,
    STRIPE_SECRET_KEY: stripe.secretKey,
    STRIPE_WEBHOOK_SECRET: stripe.webhookSecret,
  },
})
stripe.deliveries.url = `${desk.server.url}/webhooks/payments/stripe`
stripe.deliveries.habits = { copies: 3, delayMs: 200, loss: 0.2 }
afterAll(async () => {
  await desk.server.close()
  await stripe.close()
})

it('an order is paid at Stripe, though webhooks come late, twice, in any order or not at all, and goes to its factory', async () => {
  await desk.addFactory()
  const { id } = await desk.placeAndPay()
  const { payments } = await desk.see(id)
  expect(payments).toMatchObject([{ status: 'SUCCEEDED' }])
  expect(await desk.prisma.payment.findFirst({ where: { referenceId: id } })).toMatchObject({ provider: 'STRIPE' })
})

it('canceled after it was paid, its money goes back', async () => {
  await desk.closeFactories()
  const { id } = await desk.place()
  await desk.pay(id)
  await desk.until(id, ({ status }) => status === 'PAID')
  await desk.customer.client.get(CANCEL, { id })
  await desk.until(id, ({ payments }) => payments.some(({ status }) => status === 'REFUNDED'))
  const { providerPaymentId, amount } = await desk.prisma.payment.findFirstOrThrow({ where: { referenceId: id } })
  expect(BigInt(stripe.refundedOf(providerPaymentId ?? ''))).toBe(amount)
})
