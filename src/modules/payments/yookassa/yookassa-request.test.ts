import { describe, expect, it } from 'vitest'
import { money } from '../../../kernel/money.js'
import { depositReceipt } from '../balance/deposit-receipt.js'
import type { ProviderAttempt } from '../payment-provider.js'
import type { Receipt } from '../receipt.js'
import { paymentRequest, refundRequest } from './yookassa-request.js'

const shop = { vatCode: 4, returnUrl: 'https://adtime.example' }
const receipt = (email: string | null, phone: string | null): Receipt => ({
  customer: { email, phone },
  items: [{ description: 'Баннер', quantity: 1, unitAmount: money(100n), subject: 'commodity' }],
})
const attempt: ProviderAttempt = {
  paymentId: 'payment',
  idempotenceKey: 'key',
  createdAt: new Date(0),
  amount: money(100n),
  description: 'An order',
  returnUrl: null,
  capture: true,
  receipt: null,
  saveMethod: false,
  savedMethodId: null,
}

describe('the request for a payment', () => {
  it('leads back to us when the customer named no place', () => {
    expect(paymentRequest(attempt, shop)).toMatchObject({ confirmation: { return_url: 'https://adtime.example' } })
  })

  it('with a kept method asks for no confirmation', () => {
    const request = paymentRequest({ ...attempt, savedMethodId: 'card' }, shop)
    expect(request).toMatchObject({ payment_method_id: 'card' })
    expect(request).not.toHaveProperty('confirmation')
  })

  it('is the same each time it is made', () => {
    const make = () => JSON.stringify(paymentRequest({ ...attempt, receipt: receipt('a@b.test', null) }, shop))
    expect(make()).toBe(make())
  })

  it('does not cut a character in two', () => {
    const { description } = paymentRequest({ ...attempt, description: `${'x'.repeat(127)}🎨` }, shop)
    expect(description).toBe('x'.repeat(127))
  })

  it.each([
    ['e-mail before phone', receipt('a@b.test', '+7 999 123-45-67'), { email: 'a@b.test' }],
    ['a phone in digits', receipt(null, '+7 (999) 123-45-67'), { phone: '79991234567' }],
    ['nobody: no receipt at all', receipt(null, null), undefined],
  ])('sends its receipt to %s', (_what, given, customer) => {
    const request = paymentRequest({ ...attempt, receipt: given }, shop)
    expect((request as { receipt?: { customer: object } }).receipt?.customer).toEqual(customer)
  })
})

it('a deposit is an advance to the tax office', () => {
  const advance = depositReceipt(money(100n), { email: 'a@b.test', phone: null })
  const { receipt: sent } = paymentRequest({ ...attempt, receipt: advance }, shop) as { receipt?: object }
  expect(sent).toMatchObject({ items: [{ payment_mode: 'advance', payment_subject: 'payment' }] })
})

it('the request for a refund has what is given back, at the shop’s rate of VAT', () => {
  const request = refundRequest(
    {
      idempotenceKey: 'key',
      providerPaymentId: 'payment',
      amount: money(100n),
      reason: 'r'.repeat(300),
      receipt: receipt('a@b.test', null),
    },
    shop.vatCode,
  )
  expect(request).toMatchObject({
    payment_id: 'payment',
    amount: { value: '1.00', currency: 'RUB' },
    description: 'r'.repeat(250),
    receipt: { items: [{ vat_code: 4, amount: { value: '1.00' } }] },
  })
})
