import { afterAll, expect, it } from 'vitest'
import { startYooKassaSimulator } from '../../../simulators/yookassa/yookassa-simulator.js'
import { CANCEL, type OrderView } from '../../orders/operations.js'
import { openOrderDesk, print } from '../../orders/order-desk.js'

const yookassa = await startYooKassaSimulator({ seed: 7 })
const desk = await openOrderDesk({ env: yookassa.env })
yookassa.deliveries.url = `${desk.server.url}/webhooks/payments/yookassa`
yookassa.deliveries.habits = { copies: 3, delayMs: 150, loss: 0 }
afterAll(async () => {
  await desk.server.close()
  await yookassa.close()
})

const paymentOf = (orderId: string) => desk.prisma.payment.findFirstOrThrow({ where: { referenceId: orderId } })

it('an order is paid at YooKassa, which is the default for roubles, and goes to its factory', async () => {
  await desk.addFactory()
  const { id } = await desk.placeAndPay()
  expect((await desk.see(id)).payments).toMatchObject([{ status: 'SUCCEEDED' }])
  expect((await paymentOf(id)).provider).toBe('YOOKASSA')
})

it('its receipt has every line, the rush fee as a service, the customer’s e-mail, and sums to the total', async () => {
  const lines = [
    { itemId: await desk.addItem({ title: 'Баннер «Осень»', priceAmount: 123_45n }), quantity: 3, print },
    {
      generationId: await desk.addGeneration(),
      productType: 'BANNER',
      print: { ...print, elements: ['logo', 'text'] },
    },
    { itemId: await desk.addItem({ title: 'Файл', productType: 'DIGITAL', priceAmount: 500_00n }) },
  ]
  const { id } = await desk.place({ lines, deadlineDays: 3 })
  await desk.pay(id)
  const { providerPaymentId, amount } = await paymentOf(id)
  const sent = yookassa.calls
    .filter(({ method, url }) => method === 'POST' && url.pathname === '/v3/payments')
    .map(({ body }) => JSON.parse(body))
    .at(-1)
  const { email } = await desk.prisma.user.findUniqueOrThrow({ where: { id: desk.customer.id } })
  expect(sent.receipt.customer).toEqual({ email })
  const words = sent.receipt.items.map(
    (item: { description: string; quantity: number; amount: { value: string }; payment_subject: string }) =>
      `${item.quantity} × ${item.description} ${item.amount.value} ${item.payment_subject}`,
  )
  expect(words).toEqual([
    '3 × Баннер «Осень» 123.45 commodity',
    expect.stringMatching(/^1 × .+ 1500\.00 commodity$/),
    '1 × Файл 500.00 service',
    '1 × Срочное изготовление 200.00 service',
  ])
  expect(amount).toBe(123_45n * 3n + 1_500_00n + 500_00n + 200_00n)
  expect(yookassa.payments.read(providerPaymentId ?? '').amount.value).toBe('2570.35')
})

it('canceled after it was paid, its money goes back, with the same receipt', async () => {
  await desk.closeFactories()
  const { id } = await desk.place()
  await desk.pay(id)
  await desk.until(id, ({ status }) => status === 'PAID')
  await desk.customer.client.get(CANCEL, { id })
  await desk.until(id, ({ payments }) => payments.some(({ status }) => status === 'REFUNDED'))
  const { providerPaymentId, amount } = await paymentOf(id)
  expect(BigInt(yookassa.refundedOf(providerPaymentId ?? ''))).toBe(amount)
  const refund = JSON.parse(yookassa.calls.findLast(({ url }) => url.pathname === '/v3/refunds')?.body ?? '')
  expect(refund.receipt.items).toMatchObject([{ quantity: 1, amount: { value: '1000.00' } }])
})

it('the sandbox can still be asked for by name', async () => {
  const { id } = await desk.place()
  const PAY_AT = /* GraphQL */ `mutation PayAtTheSandbox($input: PayOrderInput!) { payOrder(input: $input) { provider } }`
  const input = { orderId: id, provider: 'SANDBOX' }
  expect(await desk.customer.client.get(PAY_AT, { input })).toEqual({ payOrder: { provider: 'SANDBOX' } })
})

it('a provider that does not answer is PROVIDER_UNAVAILABLE, and repeating with the key opens that attempt', async () => {
  const { id } = await desk.place()
  const PAY_WITH_KEY = /* GraphQL */ `
    mutation PayWithKey($input: PayOrderInput!) { payOrder(input: $input) { id confirmationUrl order { id } } }`
  const input = { orderId: id, idempotencyKey: 'again' }
  yookassa.faults.next('dropped-applied', { on: 'POST /v3/payments' })
  expect(await desk.customer.client.codeOf(PAY_WITH_KEY, { input })).toBe('PROVIDER_UNAVAILABLE')
  const { payOrder } = await desk.customer.client.get<{ payOrder: { id: string; confirmationUrl: string } }>(
    PAY_WITH_KEY,
    {
      input,
    },
  )
  const attempt = await paymentOf(id)
  expect(payOrder).toMatchObject({ id: attempt.id, confirmationUrl: expect.stringContaining('/checkout/') })
  expect(yookassa.paymentsOf(attempt.idempotenceKey)).toHaveLength(1)
  await desk.checkout(payOrder.confirmationUrl, 'decline')
  await desk.until(id, (order: OrderView) => order.payments.some(({ status }) => status === 'CANCELED'))
})
