import type { Transaction } from '../../../platform/database/transaction.js'
import type { SettledPayment, SettlementHandler } from '../settlement-handler.js'

/** Takes deposits. What one is for is the account whose balance it fills. */
export class DepositSettlement implements SettlementHandler {
  // Whoever leaves has their account locked first, too: either the money is seen on the balance, or the deletion here.
  async lock(tx: Transaction, userId: string): Promise<void> {
    await tx.prisma.$queryRaw`select id::text from users where id = ${userId}::uuid for share`
  }

  /** 'unwanted' when the account was deleted meanwhile. */
  async settled(tx: Transaction, { userId }: SettledPayment): Promise<'accepted' | 'unwanted'> {
    const { deletedAt } = await tx.prisma.user.findUniqueOrThrow({ where: { id: userId }, select: { deletedAt: true } })
    return deletedAt === null ? 'accepted' : 'unwanted'
  }
}
