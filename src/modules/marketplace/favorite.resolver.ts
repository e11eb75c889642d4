import DataLoader from 'dataloader'
import type { GraphQLResolveInfo } from 'graphql'
import { Args, Ctx, FieldResolver, Info, Mutation, Query, Resolver, Root } from 'type-graphql'
import type { Page } from '../../platform/database/page.js'
import { ForwardPageArgs } from '../../platform/graphql/connection.type.js'
import type { Context } from '../../platform/graphql/context.js'
import { Can } from '../../platform/graphql/marks.js'
import { perRequest } from '../../platform/graphql/per-request.js'
import { selectionOf } from '../../platform/graphql/selection-of.js'
import type { FavoriteQuery } from './favorite.query.js'
import type { FavoriteKeeping } from './favorite-keeping.service.js'
import type { ItemQuery } from './item.query.js'
import { MarketplaceItem, MarketplaceItemConnection } from './item.type.js'
import { SetFavoriteArgs } from './set-favorite.args.js'

@Resolver(() => MarketplaceItem)
export class FavoriteResolver {
  // It batches without remembering: an operation may set a favorite twice, and a subscription outlives many changes.
  private readonly areFavorites = perRequest(
    ({ viewer }: Context) =>
      new DataLoader((ids: readonly string[]) => this.favoriteItems.areFavorites(viewer, ids), { cache: false }),
  )

  constructor(
    private readonly items: ItemQuery,
    private readonly favoriteItems: FavoriteQuery,
    private readonly keeping: FavoriteKeeping,
  ) {}

  @FieldResolver(() => Boolean, {
    description: "Whether it is among the viewer's own favorites; false for visitors. Nobody else's are ever told.",
  })
  isFavorite(@Root() item: MarketplaceItem, @Ctx() context: Context): boolean | Promise<boolean> {
    return context.viewer.kind === 'visitor' ? false : this.areFavorites(context).load(item.id)
  }

  @Can('item.favorite')
  @Query(() => MarketplaceItemConnection, {
    description:
      "The viewer's own favorites, the latest first. One that was withdrawn is left out, and comes back when it is published again.",
  })
  favorites(
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<MarketplaceItem>> {
    return this.favoriteItems.list(context.viewer, page, selectionOf(info))
  }

  @Can('item.favorite')
  @Mutation(() => MarketplaceItem, {
    description:
      'Makes a design a favorite of the viewer, or no longer one; once more changes nothing. NOT_FOUND unless it is published, the viewer made it, or the viewer is staff.',
  })
  async setFavorite(
    @Args(() => SetFavoriteArgs) args: SetFavoriteArgs,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<MarketplaceItem> {
    await this.keeping.set(context.viewer, args)
    return this.items.byId(context.viewer, args.itemId, selectionOf(info))
  }
}
