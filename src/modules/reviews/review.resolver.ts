import DataLoader from 'dataloader'
import type { GraphQLResolveInfo } from 'graphql'
import { Args, Ctx, FieldResolver, Info, Mutation, Resolver, Root } from 'type-graphql'
import type { Selection } from '../../platform/database/selection.js'
import type { Context } from '../../platform/graphql/context.js'
import { Can } from '../../platform/graphql/marks.js'
import { perRequest } from '../../platform/graphql/per-request.js'
import { selectionOf } from '../../platform/graphql/selection-of.js'
import { Order } from '../orders/index.js'
import { ReplyToReviewArgs } from './reply-to-review.args.js'
import type { ReviewQuery } from './review.query.js'
import { Review } from './review.type.js'
import { ReviewOrderArgs } from './review-order.args.js'
import type { ReviewReply } from './review-reply.service.js'
import type { ReviewWriting } from './review-writing.service.js'

@Resolver(() => Review)
export class ReviewResolver {
  private readonly orders = perRequest((context: Context) =>
    perRequest(
      (selection: Selection) =>
        new DataLoader((ids: readonly string[]) => this.queries.orders(context.viewer, ids, selection)),
    ),
  )

  constructor(
    private readonly queries: ReviewQuery,
    private readonly writing: ReviewWriting,
    private readonly replies: ReviewReply,
  ) {}

  @Can('review.create')
  @Mutation(() => Review, {
    description:
      'Reviews an order, as its customer, once it is COMPLETED (before: INVALID_TRANSITION) and only once (then: CONFLICT). The rating of the item changes at once.',
  })
  async reviewOrder(
    @Args(() => ReviewOrderArgs) args: ReviewOrderArgs,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Review> {
    const id = await this.writing.review(context.viewer, args)
    return this.queries.byId(id, selectionOf(info))
  }

  @Can('review.reply')
  @Mutation(() => Review, {
    description: "Answers a review of one of the viewer's own items. A second reply is CONFLICT.",
  })
  async replyToReview(
    @Args(() => ReplyToReviewArgs) args: ReplyToReviewArgs,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Review> {
    await this.replies.reply(context.viewer, args)
    return this.queries.byId(args.id, selectionOf(info))
  }

  @FieldResolver(() => Order, {
    nullable: true,
    description: 'The reviewed order; null to those who take no part in it.',
  })
  order(@Root() review: Review, @Ctx() context: Context, @Info() info: GraphQLResolveInfo): Promise<Order | null> {
    return this.orders(context)(selectionOf(info)).load(review.orderId)
  }
}
