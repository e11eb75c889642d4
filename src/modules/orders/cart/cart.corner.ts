import type { Platform } from '../../../platform/platform.js'
import type { Room } from '../../../platform/room.js'
import type { OrderQuery } from '../order.query.js'
import type { OrderDrafts } from '../order-draft.js'
import type { OrderPlacement } from '../order-placement.service.js'
import type { Items, OrderSources } from '../order-sources.js'
import { CartQuery } from './cart.query.js'
import { CartResolver } from './cart.resolver.js'
import { CartCheckout } from './cart-checkout.service.js'
import { CartFilling } from './cart-filling.service.js'

export interface CartSurroundings {
  readonly items: Items
  readonly sources: OrderSources
  readonly drafts: OrderDrafts
  readonly placement: OrderPlacement
  readonly queries: OrderQuery
}

/** What somebody is about to order, until they do. */
export function createCartCorner(
  { database, clock }: Platform,
  { items, sources, drafts, placement, queries }: CartSurroundings,
) {
  return {
    resolvers: [
      new CartResolver({
        carts: new CartQuery(database.pool),
        filling: new CartFilling(database, clock, items),
        checkout: new CartCheckout(database, clock, sources, drafts, placement),
        orders: queries,
      }),
    ],
    // Its lines go with it.
    forget: async (tx, userId) => {
      await tx.prisma.cart.deleteMany({ where: { userId } })
    },
  } satisfies Room
}
