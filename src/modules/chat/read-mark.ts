import type { Transaction } from '../../platform/database/transaction.js'

export interface ReadMark {
  readonly orderId: string
  readonly userId: string
  /** The number of the last message they have read. */
  readonly upTo: bigint
}

/** Moves a participant's read mark forward, never back. */
export async function moveReadMark(prisma: Transaction['prisma'], { orderId, userId, upTo }: ReadMark): Promise<void> {
  await prisma.$executeRaw`
    insert into chat_reads (order_id, user_id, up_to) values (${orderId}::uuid, ${userId}::uuid, ${upTo})
    on conflict (order_id, user_id) do update set up_to = excluded.up_to where chat_reads.up_to < excluded.up_to`
}
