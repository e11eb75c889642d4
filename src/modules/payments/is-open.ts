import type { PaymentPurpose } from '../../generated/prisma/enums.js'
import type { Transaction } from '../../platform/database/transaction.js'

/** See Payments.isOpen. */
export async function isOpen(tx: Transaction, purpose: PaymentPurpose, referenceId: string): Promise<boolean> {
  const found = await tx.prisma.payment.findFirst({
    where: { purpose, referenceId, status: { in: ['PENDING', 'WAITING_FOR_CAPTURE'] } },
    select: { id: true },
  })
  return found !== null
}
