import type { Clock } from '../../kernel/clock.js'
import { DomainError, notFound } from '../../kernel/domain-error.js'
import type { Transaction } from '../../platform/database/transaction.js'
import type { FailedPayment, SettledPayment, SettledRefund, SettlementHandler } from '../payments/index.js'
import type { OrderAssignment } from './order-assignment.service.js'
import type { OrderCompletion } from './order-completion.js'
import { bySystem } from './order-mover.js'
import { lockOrder, printedTypes } from './order-row.js'
import type { OrderSteps } from './order-step.js'

/** What payments report about orders, in the transaction that settles them. */
export class OrderSettlement implements SettlementHandler {
  constructor(
    private readonly clock: Clock,
    private readonly steps: OrderSteps,
    private readonly assignment: OrderAssignment,
    private readonly completion: OrderCompletion,
  ) {}

  // Order first, payment second, as everybody who touches both does.
  async lock(tx: Transaction, orderId: string): Promise<void> {
    await lockOrder(tx, orderId)
  }

  /** Not called for the repeat of an attempt that has paid the order meanwhile. @throws NOT_FOUND, INVALID_TRANSITION */
  async admit(tx: Transaction, attempt: SettledPayment): Promise<void> {
    const order = await orderOf(tx, attempt)
    if (order?.customerId !== attempt.userId) throw notFound('order')
    if (order.status !== 'CREATED')
      throw new DomainError('INVALID_TRANSITION', `An order that is ${order.status} cannot be paid.`)
  }

  /** 'unwanted' when the order was paid or cancelled meanwhile: the money goes back by itself. */
  async settled(tx: Transaction, payment: SettledPayment): Promise<'accepted' | 'unwanted'> {
    const order = await orderOf(tx, payment)
    if (order?.status !== 'CREATED' || order.totalAmount !== payment.amount.amount) return 'unwanted'
    const paid = await this.steps.step(tx, order, { to: 'PAID', by: bySystem, changes: { paidAt: this.clock.now() } })
    await this.steps.record(tx, paid, { type: 'PAYMENT_SUCCEEDED', by: bySystem })
    if (printedTypes(paid).length > 0) await this.assignment.request(tx, paid)
    else await this.completion.complete(tx, paid, bySystem)
    return 'accepted'
  }

  async failed(tx: Transaction, payment: FailedPayment): Promise<void> {
    const order = await orderOf(tx, payment)
    // Once an order is paid or cancelled, nobody waits for its other attempts.
    if (order?.status === 'CREATED')
      await this.steps.record(tx, order, { type: 'PAYMENT_FAILED', by: bySystem, note: payment.reason })
  }

  async refunded(tx: Transaction, refund: SettledRefund): Promise<void> {
    const order = await orderOf(tx, refund)
    if (order) await this.steps.record(tx, order, { type: 'REFUNDED', by: bySystem })
  }
}

const orderOf = async (tx: Transaction, { referenceId }: { readonly referenceId: string | null }) =>
  referenceId === null ? null : lockOrder(tx, referenceId)
