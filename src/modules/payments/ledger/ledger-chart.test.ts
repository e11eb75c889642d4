import { describe, expect, it } from 'vitest'
import { PaymentProvider, PaymentPurpose } from '../../../generated/prisma/enums.js'
import {
  type BookedPayment,
  depositRestored,
  depositSetAside,
  type Movement,
  moneyBack,
  moneyIn,
  moneyReturned,
} from './ledger-chart.js'

const payment: BookedPayment = {
  id: 'payment',
  userId: 'customer',
  provider: 'SANDBOX',
  purpose: 'ORDER',
  referenceId: 'order',
  amount: 220_000n,
  currency: 'RUB',
}

const sum = ({ lines }: Movement) => lines.reduce((total, { amount }) => total + amount, 0n)

const kindsOf = ({ lines }: Movement) => lines.map(({ account }) => account.kind).join(' -> ')

const everyCase = Object.values(PaymentProvider).flatMap((provider) =>
  Object.values(PaymentPurpose).flatMap((purpose) => [true, false].map((wanted) => ({ provider, purpose, wanted }))),
)

describe('the chart of accounts', () => {
  it.each(everyCase)(
    '$purpose by $provider, wanted $wanted: every movement sums to zero',
    ({ provider, purpose, wanted }) => {
      expect(sum(moneyIn({ ...payment, provider, purpose }, wanted))).toBe(0n)
      expect(sum(moneyBack({ ...payment, provider, purpose }, 70_000n, wanted))).toBe(0n)
      expect(sum(moneyReturned({ ...payment, provider, purpose }, 70_000n, wanted))).toBe(0n)
    },
  )

  it("an order paid through a provider does not touch the customer's balance", () => {
    expect(kindsOf(moneyIn(payment, true))).toBe('PROVIDER_CLEARING -> REVENUE')
    expect(kindsOf(moneyBack(payment, 1n, true))).toBe('REFUNDS -> PROVIDER_CLEARING')
  })

  it('a payment that bought nothing is owed, not earned', () => {
    expect(kindsOf(moneyIn(payment, false))).toBe('PROVIDER_CLEARING -> CUSTOMER_RECEIVABLE')
    expect(kindsOf(moneyBack(payment, 1n, false))).toBe('CUSTOMER_RECEIVABLE -> PROVIDER_CLEARING')
  })

  it('a deposit is one DEPOSIT line of the balance', () => {
    const deposit = moneyIn({ ...payment, purpose: 'DEPOSIT', referenceId: null }, true)
    expect(deposit.kind).toBe('DEPOSIT')
    expect(deposit.lines.filter(({ account }) => account.kind === 'CUSTOMER_BALANCE')).toEqual([
      { account: { kind: 'CUSTOMER_BALANCE', ownerId: 'customer' }, amount: 220_000n },
    ])
  })

  it('a deposit is set aside before it goes back, and what comes back goes the same way', () => {
    const deposit = { ...payment, purpose: 'DEPOSIT', referenceId: 'customer' } as const
    expect(kindsOf(depositSetAside(deposit, 1n))).toBe('CUSTOMER_BALANCE -> CUSTOMER_RECEIVABLE')
    expect(kindsOf(moneyBack(deposit, 1n, true))).toBe('CUSTOMER_RECEIVABLE -> PROVIDER_CLEARING')
    expect(kindsOf(moneyReturned(deposit, 1n, true))).toBe('PROVIDER_CLEARING -> CUSTOMER_RECEIVABLE')
    expect(kindsOf(depositRestored(deposit, 1n))).toBe('CUSTOMER_RECEIVABLE -> CUSTOMER_BALANCE')
  })

  it('paying from the balance is one negative ORDER_PAYMENT line of it', () => {
    const paid = moneyIn({ ...payment, provider: 'BALANCE' }, true)
    expect(paid).toMatchObject({ kind: 'ORDER_PAYMENT', orderId: 'order' })
    expect(kindsOf(paid)).toBe('CUSTOMER_BALANCE -> REVENUE')
    expect(paid.lines[0]?.amount).toBe(-220_000n)
  })
})
