import type { GraphQLResolveInfo } from 'graphql'
import { Args, FieldResolver, Float, Info, Resolver, Root } from 'type-graphql'
import type { Page } from '../../platform/database/page.js'
import { ForwardPageArgs } from '../../platform/graphql/connection.type.js'
import { selectionOf } from '../../platform/graphql/selection-of.js'
import { PublicProfile } from '../users/index.js'
import type { ItemQuery } from './item.query.js'
import { type MarketplaceItem, MarketplaceItemConnection } from './item.type.js'

@Resolver(() => PublicProfile)
export class ProfileItemsResolver {
  constructor(private readonly queries: ItemQuery) {}

  @FieldResolver(() => MarketplaceItemConnection, {
    description: 'Their published designs, newest first. Empty for who sells nothing.',
  })
  items(
    @Root() profile: PublicProfile,
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<MarketplaceItem>> {
    return this.queries.ofDesigner(profile, page, selectionOf(info))
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: 'The average of all reviews of their designs, 1 to 5; null while there are none.',
  })
  rating(@Root() profile: PublicProfile & { readonly rating?: number | null }): number | null {
    return profile.rating ?? null
  }
}
