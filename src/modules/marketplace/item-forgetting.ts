import type { Clock } from '../../kernel/clock.js'
import type { Transaction } from '../../platform/database/transaction.js'
import { unreferenced } from '../../platform/database/unreferenced.js'

/** Takes what a person who leaves has on the marketplace from it: favorites and what was never sold of their drafts go, the rest is archived. */
export const forgetMarketplace =
  (clock: Clock) =>
  async (tx: Transaction, userId: string): Promise<void> => {
    const { prisma } = tx
    await prisma.favorite.deleteMany({ where: { userId } })
    await prisma.$executeRaw`
      delete from marketplace_items i
      where i.designer_id = ${userId}::uuid and i.status in ('DRAFT', 'PENDING_REVIEW', 'REJECTED')
        and ${await unreferenced(tx, 'marketplace_items', 'i')}`
    await prisma.marketplaceItem.updateMany({
      where: { designerId: userId, status: { not: 'ARCHIVED' } },
      data: { status: 'ARCHIVED', updatedAt: clock.now() },
    })
  }
