import type { Transaction } from '../../platform/database/transaction.js'

/** A review of an item, or the designer's answer to one, as it was stored. */
export interface ReviewRecord {
  readonly kind: 'WRITTEN' | 'REPLIED'
  readonly id: string
  readonly orderId: string
  readonly authorId: string
  /** 1 to 5 */
  readonly rating: number
  readonly itemId: string
  readonly itemTitle: string
  readonly designerId: string
}

/** Hears of it once, in the transaction that stores it; what it throws undoes that. */
export type ReviewListener = (tx: Transaction, review: ReviewRecord) => Promise<void>

/** What listeners are told of a review. @returns null for one that rates no item: nobody waits for it */
export async function reviewRecord(
  tx: Transaction,
  id: string,
  kind: ReviewRecord['kind'],
): Promise<ReviewRecord | null> {
  const { orderId, authorId, rating, item } = await tx.prisma.review.findUniqueOrThrow({
    where: { id },
    select: {
      orderId: true,
      authorId: true,
      rating: true,
      item: { select: { id: true, title: true, designerId: true } },
    },
  })
  return (
    item && { kind, id, orderId, authorId, rating, itemId: item.id, itemTitle: item.title, designerId: item.designerId }
  )
}
