import type { GraphQLResolveInfo } from 'graphql'
import { Args, FieldResolver, Info, Resolver, Root } from 'type-graphql'
import type { Page } from '../../platform/database/page.js'
import { ForwardPageArgs } from '../../platform/graphql/connection.type.js'
import { selectionOf } from '../../platform/graphql/selection-of.js'
import { MarketplaceItem } from '../marketplace/index.js'
import type { ReviewQuery } from './review.query.js'
import { type Review, ReviewConnection } from './review.type.js'

@Resolver(() => MarketplaceItem)
export class ItemReviewsResolver {
  constructor(private readonly queries: ReviewQuery) {}

  @FieldResolver(() => ReviewConnection, { description: 'Its visible reviews, newest first.' })
  reviews(
    @Root() item: MarketplaceItem,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
    @Info() info: GraphQLResolveInfo,
  ): Page<Review> | Promise<Page<Review>> {
    return this.queries.ofItem(item, page, selectionOf(info))
  }
}
