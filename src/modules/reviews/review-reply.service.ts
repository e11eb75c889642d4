import type { Clock } from '../../kernel/clock.js'
import { DomainError, forbidden, notFound } from '../../kernel/domain-error.js'
import { isSelf, type Viewer } from '../../kernel/viewer.js'
import type { Database } from '../../platform/database/database.js'
import { inTransaction } from '../../platform/database/transaction.js'
import type { ReplyToReviewArgs } from './reply-to-review.args.js'
import { type ReviewListener, reviewRecord } from './review-record.js'

export interface ReviewReplyDeps {
  readonly database: Database
  readonly clock: Clock
  /** Told of every reply in the transaction that stores it. */
  readonly announce: ReviewListener
}

export class ReviewReply {
  constructor(private readonly deps: ReviewReplyDeps) {}

  /** @throws NOT_FOUND, FORBIDDEN unless the viewer designed the reviewed item, CONFLICT for a second reply */
  async reply(viewer: Viewer, { id, reply }: ReplyToReviewArgs): Promise<void> {
    const { prisma } = this.deps.database
    const review = await prisma.review.findUnique({
      where: { id, isVisible: true },
      select: { item: { select: { designerId: true } } },
    })
    if (!review) throw notFound('review')
    if (!review.item || !isSelf(viewer, review.item.designerId))
      throw forbidden('Only the designer of the reviewed item may reply.')
    await inTransaction(this.deps.database, async (tx) => {
      const { count } = await tx.prisma.review.updateMany({
        where: { id, reply: null },
        data: { reply, repliedAt: this.deps.clock.now() },
      })
      if (count === 0) throw new DomainError('CONFLICT', 'This review has been replied to already.')
      const record = await reviewRecord(tx, id, 'REPLIED')
      if (record) await this.deps.announce(tx, record)
    })
  }
}
