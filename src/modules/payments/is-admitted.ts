import type { Payment } from '../../generated/prisma/client.js'
import { DomainError } from '../../kernel/domain-error.js'
import type { Transaction } from '../../platform/database/transaction.js'
import type { SettlementHandler } from './settlement-handler.js'
import { soldPayment } from './sold-payment.js'

/** Whether what this is for can still be paid for. The caller has locked it. */
export async function isAdmitted(tx: Transaction, payment: Payment, handler: SettlementHandler): Promise<boolean> {
  try {
    await handler.admit?.(tx, soldPayment(payment))
    return true
  } catch (error) {
    if (error instanceof DomainError) return false
    throw error
  }
}
