import type { OrderStatus } from '../../generated/prisma/enums.js'
import { DomainError } from '../../kernel/domain-error.js'
import type { Transaction } from '../../platform/database/transaction.js'
import type { OrderCancellation } from './order-cancellation.service.js'
import { bySystem } from './order-mover.js'
import { lockOrder } from './order-row.js'

/** Paid and not finished: money, work and people depend on them. */
const UNDER_WAY: readonly OrderStatus[] = ['PAID', 'PRODUCTION', 'SHIPPED']

/** What becomes of the orders of a person who leaves: they stay, without where they went and what was noted for them. */
export class OrderForgetting {
  constructor(private readonly cancellation: Pick<OrderCancellation, 'cancelLocked'>) {}

  /** @throws CONFLICT while an order of theirs is paid and not finished, or a sale */
  async forget(tx: Transaction, userId: string): Promise<void> {
    await this.cancelUnpaid(tx, userId)
    await this.requireNothingUnderWay(tx, userId)
    // Not a step of the order: what happened to it stays as it was.
    await tx.prisma.$executeRaw`
      update orders set delivery_address = null, note = null
      where customer_id = ${userId}::uuid and (delivery_address is not null or note is not null)`
  }

  private async cancelUnpaid(tx: Transaction, customerId: string): Promise<void> {
    const unpaid = await tx.prisma.order.findMany({
      where: { customerId, status: 'CREATED' },
      select: { id: true },
      orderBy: { id: 'asc' },
    })
    for (const { id } of unpaid) {
      const order = await lockOrder(tx, id)
      // Paid or cancelled while we waited for it.
      if (order?.status !== 'CREATED') continue
      await this.cancellation.cancelLocked(tx, order, bySystem, { reason: 'The account of its customer was deleted.' })
    }
  }

  private async requireNothingUnderWay(tx: Transaction, userId: string): Promise<void> {
    const { order } = tx.prisma
    const status = { in: [...UNDER_WAY] }
    const own = await order.findFirst({ where: { customerId: userId, status }, select: { number: true } })
    if (own)
      throw new DomainError(
        'CONFLICT',
        `Order ${own.number} is under way: cancel it, or wait until it is completed, before you delete the account.`,
      )
    const sale = await order.findFirst({
      where: { status, lines: { some: { item: { designerId: userId } } } },
      select: { number: true },
    })
    if (sale)
      throw new DomainError(
        'CONFLICT',
        `Order ${sale.number} has a design of yours and is under way: delete the account once it is completed.`,
      )
  }
}
