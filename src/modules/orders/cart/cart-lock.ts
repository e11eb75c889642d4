import type { Transaction } from '../../../platform/database/transaction.js'

/**
 * Keeps everybody else from changing or ordering this cart until the transaction ends, and says that it changed now. What counts
 * its lines, agrees to their prices or orders them does so after this.
 */
export async function lockCart(tx: Transaction, userId: string, now: Date): Promise<void> {
  await tx.prisma.$executeRaw`
    insert into carts (user_id, updated_at) values (${userId}::uuid, ${now})
    on conflict (user_id) do update set updated_at = excluded.updated_at`
}
