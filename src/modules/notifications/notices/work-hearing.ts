import type { GenerationListener } from '../../generations/index.js'
import type { ReviewListener } from '../../reviews/index.js'
import type { NoticeBoard } from '../notice-board.js'
import * as words from './work-words.js'

/** Tells people that what they had drawn is there, or will not be. */
export function generationHearing(board: NoticeBoard): GenerationListener {
  return async (tx, { id, ownerId, status }) => {
    const isCompleted = status === 'COMPLETED'
    board.notify(tx, {
      event: isCompleted ? 'generation.completed' : 'generation.failed',
      type: 'SYSTEM',
      source: `generation:${id}:${status}`,
      to: { userIds: [ownerId] },
      words: isCompleted ? words.generationCompleted : words.generationFailed,
      payload: { generationId: id },
    })
  }
}

/** Tells designers of reviews, and their authors of what designers answer. */
export function reviewHearing(board: NoticeBoard): ReviewListener {
  return async (tx, { kind, id, authorId, designerId, orderId, itemId, itemTitle, rating }) => {
    const isNew = kind === 'WRITTEN'
    board.notify(tx, {
      event: isNew ? 'review.written' : 'review.replied',
      type: 'SYSTEM',
      source: `review:${id}:${kind}`,
      orderId,
      to: { userIds: [isNew ? designerId : authorId], exceptId: isNew ? authorId : designerId },
      words: isNew ? words.reviewed(itemTitle, rating) : words.reviewReplied(itemTitle),
      payload: { reviewId: id, itemId },
    })
  }
}
