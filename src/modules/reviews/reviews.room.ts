import type { Platform } from '../../platform/platform.js'
import type { Room } from '../../platform/room.js'
import { ItemReviewsResolver } from './item-reviews.resolver.js'
import { OrderReviewResolver } from './order-review.resolver.js'
import { ReviewQuery } from './review.query.js'
import { ReviewResolver } from './review.resolver.js'
import type { ReviewListener } from './review-record.js'
import { ReviewReply } from './review-reply.service.js'
import { ReviewWriting, type ReviewWritingDeps } from './review-writing.service.js'

/** What reviews needs of the rooms below it. */
export type ReviewsDeps = Pick<ReviewWritingDeps, 'assets' | 'items' | 'orders'>

export interface ReviewsDoor {
  /** Has `listener` hear of every review of an item and every reply, in the transaction that stores it. Register at start. */
  onReview(listener: ReviewListener): void
}

export function createReviewsRoom({ database, clock, cursors }: Platform, deps: ReviewsDeps): Room & ReviewsDoor {
  const queries = new ReviewQuery(database.pool, cursors)
  const listeners: ReviewListener[] = []
  const announce: ReviewListener = async (tx, review) => {
    for (const listener of listeners) await listener(tx, review)
  }
  const writing = new ReviewWriting({ database, clock, announce, ...deps })
  const replies = new ReviewReply({ database, clock, announce })
  return {
    resolvers: [
      new ReviewResolver(queries, writing, replies),
      new ItemReviewsResolver(queries),
      new OrderReviewResolver(),
    ],
    onReview: (listener) => listeners.push(listener),
  }
}
