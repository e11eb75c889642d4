import type { RefundRequest } from './request-shapes.js'
import { amountFrom, minorUnits, newYooKassaId, type Refund, type YooKassaWorld } from './yookassa-objects.js'
import type { YooKassaPayments } from './yookassa-payments.js'
import { invalid, missing } from './yookassa-problem.js'

export class YooKassaRefunds {
  readonly all = new Map<string, Refund>()
  /** What a new refund is at first. One that is pending is decided by `settle`. */
  outcome: Refund['status'] = 'succeeded'

  constructor(
    private readonly world: YooKassaWorld,
    private readonly payments: YooKassaPayments,
  ) {}

  /** @throws YooKassaProblem for what was not paid, and for more than is left of it */
  create({ payment_id, amount, description }: RefundRequest): Refund {
    const payment = this.payments.read(payment_id)
    if (payment.status !== 'succeeded') throw invalid('The payment has not succeeded', 'payment_id')
    const left = minorUnits(payment.amount) - this.givenOf(payment_id)
    if (minorUnits(amount) === 0 || minorUnits(amount) > left)
      throw invalid(`Refund amount must be over zero and at most ${amountFrom(left, 'RUB').value}`, 'amount')
    const refund: Refund = {
      id: newYooKassaId(this.world),
      payment_id,
      status: 'pending',
      amount,
      description,
      created_at: this.world.clock.now().toISOString(),
    }
    this.all.set(refund.id, refund)
    if (this.outcome !== 'pending') this.settle(refund.id, this.outcome)
    return refund
  }

  /** @throws YooKassaProblem */
  read(id: string): Refund {
    const refund = this.all.get(id)
    if (!refund) throw missing('Refund', id)
    return refund
  }

  /** Nobody is told of one that is canceled. */
  settle(id: string, status: 'succeeded' | 'canceled'): void {
    const refund = this.read(id)
    if (refund.status !== 'pending') throw new Error(`refund ${id} is ${refund.status}`)
    refund.status = status
    if (status === 'canceled') {
      refund.cancellation_details = { party: 'yoo_money', reason: 'insufficient_funds' }
      return
    }
    const payment = this.payments.read(refund.payment_id)
    const before = payment.refunded_amount ? minorUnits(payment.refunded_amount) : 0
    payment.refunded_amount = amountFrom(before + minorUnits(refund.amount), refund.amount.currency)
    payment.refundable = minorUnits(payment.refunded_amount) < minorUnits(payment.amount)
    this.world.happened('refund.succeeded', refund)
  }

  of(paymentId: string): Refund[] {
    return [...this.all.values()].filter(({ payment_id }) => payment_id === paymentId)
  }

  /** Minor units that went back, or are on their way. */
  givenOf(paymentId: string): number {
    return this.of(paymentId)
      .filter(({ status }) => status !== 'canceled')
      .reduce((sum, { amount }) => sum + minorUnits(amount), 0)
  }
}
