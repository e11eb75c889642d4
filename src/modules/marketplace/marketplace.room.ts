import type { Platform } from '../../platform/platform.js'
import type { Room } from '../../platform/room.js'
import { FavoriteQuery } from './favorite.query.js'
import { FavoriteResolver } from './favorite.resolver.js'
import { FavoriteKeeping } from './favorite-keeping.service.js'
import { ItemQuery } from './item.query.js'
import { ItemResolver } from './item.resolver.js'
import { forgetMarketplace } from './item-forgetting.js'
import { ItemsForSale } from './items-for-sale.js'
import { ProfileItemsResolver } from './profile-items.resolver.js'

export interface MarketplaceRoom extends Room {
  readonly items: ItemsForSale
}

export function createMarketplaceRoom({ database, cursors, clock }: Platform): MarketplaceRoom {
  const queries = new ItemQuery(database.pool, cursors)
  return {
    resolvers: [
      new ItemResolver(queries),
      new ProfileItemsResolver(queries),
      new FavoriteResolver(
        queries,
        new FavoriteQuery(database.pool, cursors),
        new FavoriteKeeping({ database, clock, items: queries }),
      ),
    ],
    forget: forgetMarketplace(clock),
    items: new ItemsForSale(),
  }
}
