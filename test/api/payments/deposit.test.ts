import { describe, expect, it } from 'vitest'
import { TestClient } from '../../testkit/client.js'
import { fillBalance } from './fill-balance.js'
import { bookedFor } from './ledger-state.js'
import { openPaymentShop } from './payment-shop.js'
import { actAtCheckout } from './sandbox-hands.js'

const shop = await openPaymentShop()
const { prisma } = shop.platform.database

const DEPOSIT = /* GraphQL */ `
  mutation StartDeposit($input: DepositInput!) {
    deposit(input: $input) { id status purpose provider amount { amount currency } confirmationUrl }
  }`

interface Started {
  readonly deposit: { readonly id: string; readonly confirmationUrl: string }
}

const start = async (customer: Parameters<typeof shop.clientOf>[0], input: object) =>
  (await shop.clientOf(customer).get<Started>(DEPOSIT, { input })).deposit

describe('deposit', () => {
  it('counts once the provider has reported success, as one DEPOSIT line, however many webhooks come', async () => {
    const customer = await shop.openAccount()
    const payment = await start(customer, { amount: 150_000 })
    expect(payment).toMatchObject({
      status: 'PENDING',
      purpose: 'DEPOSIT',
      provider: 'SANDBOX',
      amount: { amount: 150_000, currency: 'RUB' },
    })
    expect(await shop.balanceOf(customer)).toBe(0n)
    await actAtCheckout(payment, 'pay', 10)
    await shop.eventually(async () => expect(await shop.linesOf(customer)).toEqual([['DEPOSIT', 150_000n]]))
    expect(await bookedFor(shop, [payment.id])).toEqual({ PROVIDER_CLEARING: -150_000n, CUSTOMER_BALANCE: 150_000n })
  })

  it('that is declined leaves the balance as it was', async () => {
    const customer = await shop.openAccount()
    const payment = await start(customer, { amount: 100 })
    await actAtCheckout(payment, 'decline')
    await shop.eventually(async () => expect((await shop.payment(payment.id)).status).toBe('CANCELED'))
    expect(await shop.linesOf(customer)).toEqual([])
  })

  it.each([
    ['amount', { amount: 0 }],
    ['amount', { amount: -1 }],
    ['amount', { amount: 100_000_001 }],
    ['provider', { amount: 100, provider: 'BALANCE' }],
    ['idempotencyKey', { amount: 100, idempotencyKey: '' }],
    ['idempotencyKey', { amount: 100, idempotencyKey: '  ' }],
  ])('names input.%s as wrong of %j', async (field, input) => {
    const customer = await shop.openAccount()
    const { errors } = await shop.clientOf(customer).ask(DEPOSIT, { input })
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', fields: [{ path: `input.${field}` }] })
    expect(await prisma.payment.count({ where: { userId: customer.userId } })).toBe(0)
  })

  it('can be a kopeck or a million roubles', async () => {
    const customer = await shop.openAccount()
    for (const amount of [1, 100_000_000]) await start(customer, { amount })
    expect(await prisma.payment.count({ where: { userId: customer.userId, status: 'PENDING' } })).toBe(2)
  })

  it('under one key, ten times at once, is one payment; with another amount IDEMPOTENCY_CONFLICT', async () => {
    const customer = await shop.openAccount()
    const input = { amount: 5_000, idempotencyKey: 'once' }
    const started = await Promise.all(Array.from({ length: 10 }, () => start(customer, input)))
    expect(new Set(started.map(({ id }) => id)).size).toBe(1)
    const other = { input: { ...input, amount: 5_001 } }
    expect(await shop.clientOf(customer).codeOf(DEPOSIT, other)).toBe('IDEMPOTENCY_CONFLICT')
  })

  it('is UNAUTHENTICATED for visitors and FORBIDDEN to factories', async () => {
    const input = { amount: 100 }
    expect(await new TestClient(shop).codeOf(DEPOSIT, { input })).toBe('UNAUTHENTICATED')
    const factory = await shop.openAccount('FACTORY')
    expect(await shop.clientOf(factory).codeOf(DEPOSIT, { input })).toBe('FORBIDDEN')
  })

  it('has the receipt of an advance', async () => {
    const customer = await shop.openAccount()
    const { id } = await start(customer, { amount: 700 })
    expect((await shop.payment(id)).receipt).toMatchObject({
      customer: { email: `${customer.userId}@example.test` },
      items: [{ quantity: 1, unitAmount: { amount: '700' }, subject: 'payment', mode: 'advance' }],
    })
  })

  it('for an account that was deleted meanwhile goes back', async () => {
    const customer = await shop.openAccount()
    const payment = await start(customer, { amount: 9_000 })
    await prisma.user.update({ where: { id: customer.userId }, data: { deletedAt: new Date() } })
    await actAtCheckout(payment, 'pay')
    await shop.eventually(async () => expect((await shop.payment(payment.id)).status).toBe('REFUNDED'))
    expect(await shop.linesOf(customer)).toEqual([])
    expect(await bookedFor(shop, [payment.id])).toEqual({ PROVIDER_CLEARING: 0n, CUSTOMER_RECEIVABLE: 0n })
  })

  it('twelve at once sum to the balance', async () => {
    const customer = await shop.openAccount()
    await Promise.all(Array.from({ length: 12 }, (_, index) => fillBalance(shop, customer, BigInt(index + 1))))
    expect(await shop.balanceOf(customer)).toBe(78n)
    const last = await prisma.ledgerLine.findFirst({
      where: { account: { kind: 'CUSTOMER_BALANCE', ownerId: customer.userId } },
      orderBy: { id: 'desc' },
    })
    expect(last?.balanceAfter).toBe(78n)
  })
})
