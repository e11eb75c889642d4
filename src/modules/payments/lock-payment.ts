import type { Payment } from '../../generated/prisma/client.js'
import type { Transaction } from '../../platform/database/transaction.js'

/** The payment as it is once nobody else changes it, until the transaction ends. */
export async function lockPayment(tx: Transaction, id: string): Promise<Payment> {
  await tx.prisma.$queryRaw`select id from payments where id = ${id}::uuid for no key update`
  return tx.prisma.payment.findUniqueOrThrow({ where: { id } })
}
