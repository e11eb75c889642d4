import { expect, it } from 'vitest'
import { openAccount } from '../../testkit/account.js'
import { startTestServer } from '../../testkit/server.js'
import { addItem, addOrder } from '../../testkit/shop-rows.js'

const server = await startTestServer()
const { prisma } = server.platform.database
const customer = await openAccount(server)
const designer = await openAccount(server, 'DESIGNER')

const PAY = /* GraphQL */ `
  mutation Pay($input: PayOrderInput!) {
    payOrder(input: $input) { id status confirmationUrl amount { amount } order { id status } }
  }`

const PAID = /* GraphQL */ `
  query Paid($id: UUID!) {
    payment(id: $id) { status paidAt order { id status payments { id status } } }
    me { balance { amount } ledger { totalCount nodes { id order { id } } } }
  }`

const place = async () =>
  addOrder(prisma, {
    customerId: customer.id,
    itemIds: [await addItem(prisma, { designerId: designer.id })],
    status: 'CREATED',
  })

const untilPaid = async (id: string) => {
  for (let tries = 0; ; tries++) {
    const answer = await customer.client.get<{
      payment: { status: string; order: { id: string; status: string; payments: object[] } }
      me: object
    }>(PAID, { id })
    if (answer.payment.status === 'SUCCEEDED' || tries > 200) return answer
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

it('an order is paid on the whole server: page, webhook, settlement; the balance stays untouched', async () => {
  const orderId = await place()
  const input = { orderId, returnUrl: 'https://shop.example/orders', idempotencyKey: 'pay-once' }
  const { payOrder } = await customer.client.get<{ payOrder: { id: string; confirmationUrl: string } }>(PAY, { input })
  expect(payOrder).toMatchObject({
    status: 'PENDING',
    amount: { amount: 100_000 },
    order: { id: orderId, status: 'CREATED' },
  })
  // The public URL names localhost; what listens is 127.0.0.1.
  const page = payOrder.confirmationUrl.replace(/^http:\/\/[^/]+/, server.url)
  await fetch(page, { method: 'POST', body: new URLSearchParams({ action: 'pay', copies: '10' }) })
  const { payment, me } = await untilPaid(payOrder.id)
  expect(payment).toMatchObject({
    status: 'SUCCEEDED',
    order: { id: orderId, payments: [{ id: payOrder.id, status: 'SUCCEEDED' }] },
  })
  expect(['PAID', 'PRODUCTION']).toContain(payment.order.status)
  expect(me).toEqual({ balance: { amount: 0 }, ledger: { totalCount: 0, nodes: [] } })
  const repeat = await customer.client.get<{ payOrder: { id: string } }>(PAY, { input })
  expect(repeat.payOrder.id).toBe(payOrder.id)
  expect(await customer.client.codeOf(PAY, { input: { orderId } })).toBe('INVALID_TRANSITION')
})

it('the metrics show the roubles that came in', async () => {
  const metrics = async () => (await fetch(`${server.url}/metrics`)).text()
  await expect.poll(metrics, { timeout: 5_000 }).toMatch(/webhooks_total\{provider="SANDBOX",answer="duplicate"\} 9/)
  const text = await metrics()
  expect(text).toContain('payment_amounts_rub_sum 1000')
  expect(text).toContain('payment_status_total{provider="SANDBOX",status="SUCCEEDED"} 1')
  expect(text).toMatch(/webhooks_total\{provider="SANDBOX",answer="stored"\} 1/)
})

it('an order is paid from the balance in one call, which is one line of the ledger; with too little it is INSUFFICIENT_FUNDS', async () => {
  const saver = await openAccount(server)
  const START = 'mutation Save { deposit(input: { amount: 100000 }) { id confirmationUrl } }'
  const { deposit } = await saver.client.get<{ deposit: { confirmationUrl: string } }>(START)
  const page = deposit.confirmationUrl.replace(/^http:\/\/[^/]+/, server.url)
  await fetch(page, { method: 'POST', body: new URLSearchParams({ action: 'pay' }) })
  const SAVED = '{ me { balance { amount } ledger { nodes { kind amount { amount } order { id } } } } }'
  interface Saved {
    readonly me: { readonly balance: { readonly amount: number }; readonly ledger: { readonly nodes: object[] } }
  }
  const saved = async () => (await saver.client.get<Saved>(SAVED)).me
  await expect.poll(async () => (await saved()).balance.amount, { timeout: 10_000 }).toBe(100_000)
  const orders = []
  for (const _ of [1, 2])
    orders.push(
      await addOrder(prisma, {
        customerId: saver.id,
        itemIds: [await addItem(prisma, { designerId: designer.id })],
        status: 'CREATED',
      }),
    )
  const pay = (orderId: string | undefined) =>
    saver.client.ask<{ payOrder: object }>(PAY, { input: { orderId, provider: 'BALANCE' } })
  expect((await pay(orders[0])).data?.payOrder).toMatchObject({ status: 'SUCCEEDED', confirmationUrl: null })
  expect((await pay(orders[1])).errors[0]?.extensions.code).toBe('INSUFFICIENT_FUNDS')
  expect(await saved()).toEqual({
    balance: { amount: 0 },
    ledger: {
      nodes: [
        { kind: 'ORDER_PAYMENT', amount: { amount: -100_000 }, order: { id: orders[0] } },
        { kind: 'DEPOSIT', amount: { amount: 100_000 }, order: null },
      ],
    },
  })
})
