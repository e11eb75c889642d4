import type { Prisma } from '../../../generated/prisma/client.js'
import type { PaymentProvider, PaymentPurpose, SandboxPaymentStatus } from '../../../generated/prisma/enums.js'
import { type BookedPayment, moneyBack, moneyIn, statusAfterRefunds } from '../../../modules/payments/index.js'
import { demoId } from './demo-calendar.js'
import type { DemoWorld } from './demo-world.js'

const TIME_TO_PAY_MS = 30 * 60_000
const TIME_TO_DECIDE_MS = 80_000

export interface Paying {
  readonly world: DemoWorld
  readonly key: string
  readonly userId: string
  readonly purpose: PaymentPurpose
  readonly referenceId: string | null
  readonly amount: bigint
  readonly description: string
  readonly provider: Extract<PaymentProvider, 'SANDBOX' | 'BALANCE'>
  /** When its provider decided; it was started shortly before. */
  readonly at: Date
}

interface Paid {
  readonly booked: BookedPayment
  readonly row: Prisma.PaymentCreateManyInput
}

/** An attempt that its provider has decided, with the sandbox's own books, and the ledger when money came in. */
export function tellPayment(paying: Paying, outcome: Exclude<SandboxPaymentStatus, 'PENDING'>): Paid {
  const { world, key, userId, purpose, referenceId, amount, description, provider, at } = paying
  const createdAt = new Date(at.getTime() - TIME_TO_DECIDE_MS)
  const isPaid = outcome === 'SUCCEEDED'
  const booked = {
    id: demoId(createdAt, `payment ${key}`),
    userId,
    provider,
    purpose,
    referenceId,
    amount,
    currency: 'RUB' as const,
  }
  const idempotenceKey = demoId(createdAt, `idempotence ${key}`)
  const providerPaymentId = demoId(createdAt, `provider ${key}`)
  const row = {
    ...booked,
    status: outcome,
    refundedAmount: 0n,
    description,
    idempotenceKey,
    providerPaymentId,
    failureReason: isPaid ? null : 'The payment was declined.',
    createdAt,
    paidAt: isPaid ? at : null,
    expiresAt: new Date(createdAt.getTime() + TIME_TO_PAY_MS),
  }
  world.rows.payments.push(row)
  if (provider === 'SANDBOX')
    world.rows.sandboxPayments.push({
      id: providerPaymentId,
      idempotenceKey,
      status: outcome,
      amount,
      currency: 'RUB',
      description,
      createdAt,
    })
  if (isPaid) world.movements.push({ movement: moneyIn(booked, true), at })
  return { booked, row }
}

interface Giving {
  readonly at: Date
  readonly settledAt: Date
  readonly amount: bigint
  readonly reason: string
}

/** The payments of one order. */
export class PaymentStory {
  private attempts = 0
  private paid: Paid | null = null

  constructor(
    private readonly world: DemoWorld,
    private readonly about: {
      readonly key: string
      readonly userId: string
      readonly order: { readonly id: string; readonly number: string; readonly totalAmount: bigint }
    },
  ) {}

  decline(at: Date): void {
    tellPayment(this.attempt(at, 'SANDBOX'), 'CANCELED')
  }

  pay(at: Date, provider: Paying['provider']): void {
    this.paid = tellPayment(this.attempt(at, provider), 'SUCCEEDED')
  }

  /** Gives back part or all of what was paid. */
  refund({ at, settledAt, amount, reason }: Giving): void {
    if (!this.paid) throw new Error(`nothing was paid for the demo's order ${this.about.key}`)
    const { booked, row } = this.paid
    const id = demoId(at, `refund ${this.about.key}`)
    const idempotenceKey = demoId(at, `refund idempotence ${this.about.key}`)
    const providerRefundId = demoId(settledAt, `provider refund ${this.about.key}`)
    const given = { idempotenceKey, amount }
    const settled = { status: 'SUCCEEDED', createdAt: at, settledAt } as const
    this.world.rows.refunds.push({
      id,
      paymentId: booked.id,
      ...given,
      currency: 'RUB',
      reason,
      providerRefundId,
      ...settled,
    })
    if (booked.provider === 'SANDBOX' && row.providerPaymentId)
      this.world.rows.sandboxRefunds.push({
        id: providerRefundId,
        ...given,
        sandboxPaymentId: row.providerPaymentId,
        createdAt: settledAt,
      })
    row.refundedAmount = amount
    row.status = statusAfterRefunds(booked.amount, amount)
    this.world.movements.push({ movement: moneyBack(booked, amount, true), at: settledAt })
  }

  private attempt(at: Date, provider: Paying['provider']): Paying {
    const { key, userId, order } = this.about
    const description = `AdTime order ${order.number}`
    const what = { purpose: 'ORDER', referenceId: order.id, amount: order.totalAmount, description } as const
    return { world: this.world, key: `${this.attempts++} of ${key}`, userId, ...what, provider, at }
  }
}
