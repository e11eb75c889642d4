import { DomainError } from '../../../src/kernel/domain-error.js'
import type {
  FailedPayment,
  SettledPayment,
  SettledRefund,
  SettlementHandler,
} from '../../../src/modules/payments/index.js'
import type { Transaction } from '../../../src/platform/database/transaction.js'

/** Sells orders: one that is CREATED becomes PAID, and money for any other is unwanted. */
export class OrderSeller implements SettlementHandler {
  readonly accepted: string[] = []
  readonly failures: FailedPayment[] = []
  readonly refunds: SettledRefund[] = []

  async lock(tx: Transaction, referenceId: string): Promise<void> {
    await tx.prisma.$queryRaw`select id from orders where id = ${referenceId}::uuid for no key update`
  }

  async admit(tx: Transaction, { referenceId }: SettledPayment): Promise<void> {
    const order = await tx.prisma.order.findUniqueOrThrow({ where: { id: referenceId ?? '' } })
    if (order.status !== 'CREATED') throw new DomainError('CONFLICT', 'This order needs no payment.')
  }

  async settled(tx: Transaction, { id, referenceId }: SettledPayment): Promise<'accepted' | 'unwanted'> {
    const { count } = await tx.prisma.order.updateMany({
      where: { id: referenceId ?? '', status: 'CREATED' },
      data: { status: 'PAID', paidAt: new Date() },
    })
    if (count === 0) return 'unwanted'
    tx.afterCommit(() => this.accepted.push(id))
    return 'accepted'
  }

  async failed(tx: Transaction, payment: FailedPayment): Promise<void> {
    tx.afterCommit(() => this.failures.push(payment))
  }

  async refunded(tx: Transaction, refund: SettledRefund): Promise<void> {
    tx.afterCommit(() => this.refunds.push(refund))
  }
}
