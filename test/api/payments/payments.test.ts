import { describe, expect, it } from 'vitest'
import { newId } from '../../../src/kernel/ids.js'
import { money } from '../../../src/kernel/money.js'
import type { SignedInViewer } from '../../../src/kernel/viewer.js'
import { TestClient } from '../../testkit/client.js'
import { openPaymentShop } from './payment-shop.js'
import { actAtCheckout } from './sandbox-hands.js'

const shop = await openPaymentShop()
const visitor = new TestClient(shop)
const customer = await shop.openAccount()
const stranger = await shop.openAccount()
const manager = await shop.openAccount('MANAGER')
const factory = await shop.openAccount('FACTORY')

const PAYMENT = /* GraphQL */ `
  query Payment($id: UUID!) {
    payment(id: $id) {
      id provider status purpose amount { amount currency formatted } refunded { amount } confirmationUrl description
      failureReason refunds { id amount { amount } status reason createdAt } createdAt paidAt expiresAt
    }
  }`

const CANCEL = 'mutation Cancel($id: UUID!) { cancelPayment(id: $id) { id status failureReason } }'

// Plain text: `account` is the probe's, not a field of schema.graphql.
const MONEY = `
  query Money($id: UUID!, $first: Int, $after: Cursor) {
    account(id: $id) {
      balance { amount currency }
      ledger(first: $first, after: $after) {
        nodes { id kind amount { amount } balanceAfter { amount } payment { id purpose } occurredAt }
        pageInfo { hasNextPage endCursor }
        totalCount
      }
    }
  }`

interface MoneyAnswer {
  readonly account: {
    readonly balance: { readonly amount: number; readonly currency: string }
    readonly ledger: {
      readonly nodes: {
        kind: string
        amount: { amount: number }
        balanceAfter: { amount: number }
        payment: { id: string; purpose: string }
      }[]
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
      readonly totalCount: number
    }
  }
}

async function deposit(viewer: SignedInViewer, amount: bigint): Promise<void> {
  const request = {
    purpose: 'DEPOSIT',
    referenceId: null,
    amount: money(amount),
    description: 'Deposit',
    operation: 'deposit',
  } as const
  const payment = await shop.payment(await shop.payments.start(viewer, request))
  await actAtCheckout(payment, 'pay')
  await shop.eventually(async () => expect((await shop.payment(payment.id)).status).toBe('SUCCEEDED'))
}

describe('payment', () => {
  it('shows its owner and staff everything, and nobody else that it exists', async () => {
    const order = await shop.placeOrder(customer)
    const { id } = await shop.pay(customer, order)
    await actAtCheckout(await shop.payment(id), 'pay')
    await shop.eventually(async () => expect((await shop.payment(id)).status).toBe('SUCCEEDED'))
    await shop.transact((tx) =>
      shop.payments.refund(tx, {
        purpose: 'ORDER',
        referenceId: order.id,
        amount: money(20_000n),
        reason: 'A scratch',
      }),
    )
    await shop.eventually(async () => expect((await shop.payment(id)).status).toBe('PARTIALLY_REFUNDED'))
    const answers = await Promise.all(
      [customer, manager].map((viewer) => shop.clientOf(viewer).get<{ payment: object }>(PAYMENT, { id })),
    )
    for (const { payment } of answers)
      expect(payment).toMatchObject({
        id,
        provider: 'SANDBOX',
        status: 'PARTIALLY_REFUNDED',
        purpose: 'ORDER',
        amount: { amount: 220_000, currency: 'RUB', formatted: expect.stringContaining('₽') },
        refunded: { amount: 20_000 },
        confirmationUrl: expect.stringMatching(/^http/),
        description: `Order ${order.number}`,
        failureReason: null,
        refunds: [{ amount: { amount: 20_000 }, status: 'SUCCEEDED', reason: 'A scratch' }],
        paidAt: expect.stringMatching(/Z$/),
      })
    expect(await shop.clientOf(stranger).codeOf(PAYMENT, { id })).toBe('NOT_FOUND')
    expect(await shop.clientOf(stranger).codeOf(PAYMENT, { id: newId() })).toBe('NOT_FOUND')
    expect(await visitor.codeOf(PAYMENT, { id })).toBe('UNAUTHENTICATED')
  })
})

describe('cancelPayment', () => {
  it('cancels a PENDING payment for good: its page takes no money any more', async () => {
    const payment = await shop.pay(customer, await shop.placeOrder(customer))
    const answer = await shop.clientOf(customer).get(CANCEL, { id: payment.id })
    expect(answer).toEqual({
      cancelPayment: { id: payment.id, status: 'CANCELED', failureReason: 'Canceled before it was paid.' },
    })
    await actAtCheckout(payment, 'pay')
    expect(
      await shop.platform.database.prisma.sandboxPayment.findUnique({ where: { id: payment.providerPaymentId ?? '' } }),
    ).toMatchObject({ status: 'CANCELED' })
    expect(await shop.clientOf(customer).codeOf(CANCEL, { id: payment.id })).toBe('INVALID_TRANSITION')
    expect(shop.seller.failures).toEqual([])
  })

  it('is INVALID_TRANSITION for a paid one, also when the money came in this very moment', async () => {
    const payment = await shop.pay(customer, await shop.placeOrder(customer))
    await shop.platform.database.prisma.sandboxPayment.update({
      where: { id: payment.providerPaymentId ?? '' },
      data: { status: 'SUCCEEDED' },
    })
    expect(await shop.clientOf(customer).codeOf(CANCEL, { id: payment.id })).toBe('INVALID_TRANSITION')
    expect((await shop.payment(payment.id)).status).toBe('SUCCEEDED')
    expect(await shop.clientOf(customer).codeOf(CANCEL, { id: payment.id })).toBe('INVALID_TRANSITION')
  })

  it('is NOT_FOUND for somebody else, done for staff, UNAUTHENTICATED for a visitor', async () => {
    const { id } = await shop.pay(customer, await shop.placeOrder(customer))
    expect(await shop.clientOf(stranger).codeOf(CANCEL, { id })).toBe('NOT_FOUND')
    expect(await shop.clientOf(stranger).codeOf(CANCEL, { id: newId() })).toBe('NOT_FOUND')
    expect(await visitor.codeOf(CANCEL, { id })).toBe('UNAUTHENTICATED')
    expect(await shop.clientOf(manager).codeOf(CANCEL, { id })).toBe('ok')
  })
})

describe('balance and ledger', () => {
  it('are zero roubles and empty before the first movement', async () => {
    const { account } = await shop.clientOf(stranger).get<MoneyAnswer>(MONEY, { id: stranger.userId })
    expect(account).toMatchObject({ balance: { amount: 0, currency: 'RUB' }, ledger: { nodes: [], totalCount: 0 } })
  })

  it('a deposit is one DEPOSIT line, orders paid by the provider leave no line, and the lines sum to the balance', async () => {
    const rich = await shop.openAccount()
    for (const amount of [100_00n, 250_00n, 5_00n]) await deposit(rich, amount)
    const order = await shop.placeOrder(rich)
    const payment = await shop.pay(rich, order)
    await actAtCheckout(payment, 'pay')
    await shop.eventually(async () => expect((await shop.payment(payment.id)).status).toBe('SUCCEEDED'))
    const { account } = await shop.clientOf(rich).get<MoneyAnswer>(MONEY, { id: rich.userId })
    expect(account.balance).toEqual({ amount: 355_00, currency: 'RUB' })
    expect(
      account.ledger.nodes.map(({ kind, amount, balanceAfter }) => [kind, amount.amount, balanceAfter.amount]),
    ).toEqual([
      ['DEPOSIT', 5_00, 355_00],
      ['DEPOSIT', 250_00, 350_00],
      ['DEPOSIT', 100_00, 100_00],
    ])
    expect(account.ledger.nodes[0]?.payment.purpose).toBe('DEPOSIT')
    expect(account.ledger.totalCount).toBe(3)
    const first = await shop.clientOf(rich).get<MoneyAnswer>(MONEY, { id: rich.userId, first: 2 })
    expect(first.account.ledger.pageInfo.hasNextPage).toBe(true)
    const rest = await shop
      .clientOf(rich)
      .get<MoneyAnswer>(MONEY, { id: rich.userId, first: 2, after: first.account.ledger.pageInfo.endCursor })
    expect(rest.account.ledger.nodes.map(({ amount }) => amount.amount)).toEqual([100_00])
  })

  it('are FORBIDDEN to everybody but the person and staff', async () => {
    const id = customer.userId
    expect(await shop.clientOf(manager).codeOf(MONEY, { id })).toBe('ok')
    for (const viewer of [stranger, factory])
      expect(await shop.clientOf(viewer).codeOf(MONEY, { id })).toBe('FORBIDDEN')
    expect(await visitor.codeOf('query B($id: UUID!) { account(id: $id) { balance { amount } } }', { id })).toBe(
      'FORBIDDEN',
    )
    expect(await visitor.codeOf('query L($id: UUID!) { account(id: $id) { ledger { totalCount } } }', { id })).toBe(
      'FORBIDDEN',
    )
  })
})
