import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Args, Ctx, Info, Query, Resolver } from 'type-graphql'
import type { Page } from '../../platform/database/page.js'
import type { Context } from '../../platform/graphql/context.js'
import { Open } from '../../platform/graphql/marks.js'
import { UUID } from '../../platform/graphql/scalars.js'
import { selectionOf } from '../../platform/graphql/selection-of.js'
import type { ItemQuery } from './item.query.js'
import { MarketplaceItem, MarketplaceItemConnection } from './item.type.js'
import { MarketplaceItemsArgs } from './marketplace-items.args.js'

@Resolver(() => MarketplaceItem)
export class ItemResolver {
  constructor(private readonly items: ItemQuery) {}

  @Open()
  @Query(() => MarketplaceItemConnection, {
    description: 'Designs for sale: the published ones, for everybody. A cursor of another `sort` is BAD_USER_INPUT.',
  })
  marketplaceItems(
    @Args(() => MarketplaceItemsArgs) args: MarketplaceItemsArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<MarketplaceItem>> {
    return this.items.published(args, selectionOf(info))
  }

  @Open()
  @Query(() => MarketplaceItem, {
    nullable: true,
    description: 'One design. NOT_FOUND unless it is published, the viewer made it, or the viewer is staff.',
  })
  marketplaceItem(
    @Arg('id', () => UUID, { description: "The item's id." }) id: string,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<MarketplaceItem | null> {
    return this.items.byId(context.viewer, id, selectionOf(info))
  }
}
