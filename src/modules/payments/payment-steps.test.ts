import { describe, expect, it } from 'vitest'
import { PaymentStatus } from '../../generated/prisma/enums.js'
import { isStepForward, refundable, statusAfterRefunds } from './payment-steps.js'

const REPORTS = ['PENDING', 'WAITING_FOR_CAPTURE', 'SUCCEEDED', 'CANCELED'] as const

describe('the steps of a payment', () => {
  it.each([
    ['PENDING', 'WAITING_FOR_CAPTURE SUCCEEDED CANCELED'],
    ['WAITING_FOR_CAPTURE', 'SUCCEEDED CANCELED'],
    ['CANCELED', 'SUCCEEDED'],
    ['SUCCEEDED', ''],
    ['PARTIALLY_REFUNDED', ''],
    ['REFUNDED', ''],
  ] as const)('from %s a report leads only to: %s', (from, steps) => {
    expect(REPORTS.filter((to) => isStepForward({ provider: 'SANDBOX', status: from }, to)).join(' ')).toBe(steps)
  })

  it('what was given up is paid by a report of money that came in, and from a balance none comes in', () => {
    expect(isStepForward({ provider: 'STRIPE', status: 'CANCELED' }, 'SUCCEEDED')).toBe(true)
    expect(isStepForward({ provider: 'BALANCE', status: 'CANCELED' }, 'SUCCEEDED')).toBe(false)
    expect(isStepForward({ provider: 'BALANCE', status: 'PENDING' }, 'SUCCEEDED')).toBe(true)
  })

  it('no report ever leads back to PENDING or leaves a paid payment', () => {
    for (const from of Object.values(PaymentStatus))
      expect(isStepForward({ provider: 'SANDBOX', status: from }, 'PENDING')).toBe(false)
  })
})

describe('refunds of a payment', () => {
  it.each([
    [0n, 'SUCCEEDED'],
    [1n, 'PARTIALLY_REFUNDED'],
    [99n, 'PARTIALLY_REFUNDED'],
    [100n, 'REFUNDED'],
  ] as const)('with %d of 100 given back it is %s', (refunded, status) => {
    expect(statusAfterRefunds(100n, refunded)).toBe(status)
  })

  it('what is on its way back counts as given', () => {
    expect(refundable({ amount: 100n, refundedAmount: 30n }, [{ amount: 20n }, { amount: 10n }])).toBe(40n)
  })
})
