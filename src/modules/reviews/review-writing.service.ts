import type { Clock } from '../../kernel/clock.js'
import { DomainError, forbidden, inputError } from '../../kernel/domain-error.js'
import { newId } from '../../kernel/ids.js'
import type { Viewer } from '../../kernel/viewer.js'
import type { Database } from '../../platform/database/database.js'
import { inTransaction, type Transaction } from '../../platform/database/transaction.js'
import type { AssetStore } from '../assets/index.js'
import type { ItemsForSale } from '../marketplace/index.js'
import type { OrderAccess } from '../orders/index.js'
import type { ReviewOrderArgs } from './review-order.args.js'
import { type ReviewListener, reviewRecord } from './review-record.js'

export interface ReviewWritingDeps {
  readonly database: Database
  readonly clock: Clock
  readonly assets: Pick<AssetStore, 'ownedBy'>
  readonly items: Pick<ItemsForSale, 'setRating'>
  /** Told of every review of an item in the transaction that stores it. */
  readonly announce: ReviewListener
  readonly orders: { find(viewer: Viewer, id: string): Promise<OrderAccess> }
}

export class ReviewWriting {
  constructor(private readonly deps: ReviewWritingDeps) {}

  /**
   * @returns the new review's id
   * @throws NOT_FOUND, FORBIDDEN for participants who did not buy, INVALID_TRANSITION before the order is COMPLETED, CONFLICT for
   * a second review, BAD_USER_INPUT for photos of others
   */
  async review(viewer: Viewer, { orderId, rating, comment, photoIds }: ReviewOrderArgs): Promise<string> {
    const order = await this.deps.orders.find(viewer, orderId)
    if (!order.isCustomer) throw forbidden('Only the customer of an order may review it.')
    if (order.status !== 'COMPLETED')
      throw new DomainError('INVALID_TRANSITION', 'An order can be reviewed once it is completed.')
    const authorId = order.customerId
    const photos = [...new Set(photoIds ?? [])]
    return inTransaction(this.deps.database, async (tx) => {
      await this.requireOwn(tx, authorId, photoIds ?? [])
      const itemId = await firstItemOf(tx, orderId)
      const id = newId()
      const { count } = await tx.prisma.review.createMany({
        data: { id, orderId, authorId, itemId, rating, comment: comment || null, createdAt: this.deps.clock.now() },
        skipDuplicates: true,
      })
      if (count === 0) throw new DomainError('CONFLICT', 'This order has been reviewed already.')
      if (photos.length > 0)
        await tx.prisma.reviewPhoto.createMany({
          data: photos.map((assetId, position) => ({ reviewId: id, position, assetId })),
        })
      if (itemId) await this.deps.items.setRating(tx, itemId, () => visibleRatings(tx, itemId))
      const record = await reviewRecord(tx, id, 'WRITTEN')
      if (record) await this.deps.announce(tx, record)
      return id
    })
  }

  private async requireOwn(tx: Transaction, ownerId: string, photoIds: readonly string[]): Promise<void> {
    if (photoIds.length === 0) return
    const own = await this.deps.assets.ownedBy(tx, ownerId, photoIds)
    const wrong = photoIds.flatMap((id, index) =>
      own.has(id) ? [] : [{ path: `photoIds.${index}`, message: 'must be an image of yours' }],
    )
    if (wrong.length > 0) throw inputError(wrong)
  }
}

async function firstItemOf(tx: Transaction, orderId: string): Promise<string | null> {
  const line = await tx.prisma.orderLine.findFirst({
    where: { orderId, itemId: { not: null } },
    orderBy: { position: 'asc' },
    select: { itemId: true },
  })
  return line?.itemId ?? null
}

async function visibleRatings(tx: Transaction, itemId: string): Promise<{ sum: number; count: number }> {
  const { _sum, _count } = await tx.prisma.review.aggregate({
    where: { itemId, isVisible: true },
    _sum: { rating: true },
    _count: true,
  })
  return { sum: _sum.rating ?? 0, count: _count }
}
