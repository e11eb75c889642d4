import type { Transaction } from '../../platform/database/transaction.js'
import type { Payments } from '../payments/index.js'

const MOST = 100

/** Gives up what is being paid to renew a locked subscription, except for `kept`. */
export async function cancelRenewals(
  tx: Transaction,
  payments: Payments,
  subscriptionId: string,
  kept?: string,
): Promise<void> {
  const unpaid = await tx.prisma.planPurchase.findMany({
    where: { subscriptionId, kind: 'RENEWAL', coversFrom: null, ...(kept && { id: { not: kept } }) },
    select: { id: true },
    orderBy: { createdAt: 'desc' },
    take: MOST,
  })
  for (const { id } of unpaid) await payments.cancelPending(tx, 'PLAN', id)
}
