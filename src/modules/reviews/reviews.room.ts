import type { Platform } from '../../platform/platform.js'
import type { Room } from '../../platform/room.js'
import { ItemReviewsResolver } from './item-reviews.resolver.js'
import { OrderReviewResolver } from './order-review.resolver.js'
import { ReviewQuery } from './review.query.js'
import { ReviewResolver } from './review.resolver.js'
import { ReviewReply } from './review-reply.service.js'
import { ReviewWriting, type ReviewWritingDeps } from './review-writing.service.js'

/** What reviews needs of the rooms below it. */
export type ReviewsDeps = Pick<ReviewWritingDeps, 'assets' | 'items' | 'orders'>

export function createReviewsRoom({ database, clock, cursors }: Platform, deps: ReviewsDeps): Room {
  const queries = new ReviewQuery(database.pool, cursors)
  const writing = new ReviewWriting({ database, clock, ...deps })
  const replies = new ReviewReply({ database, clock })
  return {
    resolvers: [
      new ReviewResolver(queries, writing, replies),
      new ItemReviewsResolver(queries),
      new OrderReviewResolver(),
    ],
  }
}
