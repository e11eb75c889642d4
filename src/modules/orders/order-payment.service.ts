import { Prisma } from '../../generated/prisma/client.js'
import { forbidden } from '../../kernel/domain-error.js'
import { money } from '../../kernel/money.js'
import type { Viewer } from '../../kernel/viewer.js'
import type { Database } from '../../platform/database/database.js'
import { readFound } from '../../platform/database/read-shape.js'
import type { Selection } from '../../platform/database/selection.js'
import { type Payment, type Payments, paymentShape, visiblePayments } from '../payments/index.js'
import { requireSignedIn } from './order.policy.js'
import type { OrderAccessQuery } from './order-access.query.js'
import { cashReceiptOf } from './order-cash-receipt.js'
import type { PayOrderInput } from './pay-order.input.js'

/** Starts payments for orders. The amount is the order's total, never the caller's. */
export class OrderPayment {
  constructor(
    private readonly database: Database,
    private readonly payments: Payments,
    private readonly access: OrderAccessQuery,
  ) {}

  /**
   * Whether the order can be paid is decided under its lock, in the transaction that writes the attempt: see OrderSettlement.admit.
   * @returns the payment's id. @throws NOT_FOUND, FORBIDDEN to who sees it and did not order, INVALID_TRANSITION unless the order is CREATED, and what payments throw
   */
  async pay(viewer: Viewer, { orderId, provider, returnUrl, idempotencyKey }: PayOrderInput): Promise<string> {
    const customer = requireSignedIn(viewer)
    const { isCustomer } = await this.access.find(viewer, orderId)
    if (!isCustomer) throw forbidden('Only the customer of an order may pay for it.')
    const order = await this.database.prisma.order.findUniqueOrThrow({
      where: { id: orderId },
      select: { id: true, number: true, totalAmount: true, currency: true },
    })
    return this.payments.start(customer, {
      purpose: 'ORDER',
      referenceId: order.id,
      amount: money(order.totalAmount, order.currency),
      description: `AdTime order ${order.number}`,
      receipt: await cashReceiptOf(this.database, order.id),
      provider,
      returnUrl,
      idempotencyKey,
      operation: 'payOrder',
    })
  }

  /** A payment just started. */
  async read(viewer: Viewer, id: string, selection: Selection): Promise<Payment> {
    const where = Prisma.sql`t.id = ${id}::uuid and ${visiblePayments(viewer)}`
    return readFound<Payment>(this.database.pool, { shape: paymentShape, selection, where }, 'payment')
  }
}
