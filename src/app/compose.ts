import { createAdminRoom } from '../modules/admin/index.js'
import { createAssetsRoom } from '../modules/assets/index.js'
import { createAuthRoom } from '../modules/auth/index.js'
import { createChatRoom } from '../modules/chat/index.js'
import { createFactoriesRoom } from '../modules/factories/index.js'
import { createGenerationsRoom } from '../modules/generations/index.js'
import { createMarketplaceRoom } from '../modules/marketplace/index.js'
import { createNotificationsRoom } from '../modules/notifications/index.js'
import { createOrdersRoom } from '../modules/orders/index.js'
import { createPaymentsRoom } from '../modules/payments/index.js'
import { createPlansRoom } from '../modules/plans/index.js'
import { createReviewsRoom } from '../modules/reviews/index.js'
import { createUsersRoom } from '../modules/users/index.js'
import type { Platform } from '../platform/platform.js'
import type { Room } from '../platform/room.js'

/**
 * The only wiring there is. Rooms are made in the order in which they may know each other; a room that needs one made
 * later would not compile. Making them opens nothing and starts nothing.
 */
export function compose(platform: Platform, surroundings: { readonly webhookBase: () => string }) {
  const users = createUsersRoom(platform)
  const assets = createAssetsRoom(platform)
  const auth = createAuthRoom(platform, {
    assets: assets.assets,
    guestUpgraded: (tx, userId) => plans.guestUpgraded(tx, userId),
    async forget(tx, userId) {
      for (const room of rooms.toReversed()) await room.forget?.(tx, userId)
    },
  })
  const payments = createPaymentsRoom(platform, surroundings)
  const plans = createPlansRoom(platform, { payments: payments.payments })
  const generations = createGenerationsRoom(platform, { assets: assets.assets, quota: plans.quota })
  const marketplace = createMarketplaceRoom(platform)
  const factories = createFactoriesRoom(platform)
  const orders = createOrdersRoom(platform, {
    payments: payments.payments,
    generations: generations.generations,
    factories: factories.factories,
    calls: factories.calls,
    links: assets.links,
    items: marketplace.items,
  })
  const reviews = createReviewsRoom(platform, {
    assets: assets.assets,
    items: marketplace.items,
    orders: orders.orders,
  })
  const chat = createChatRoom(platform, { assets: assets.assets, orders: orders.orders })
  const notifications = createNotificationsRoom(platform, {
    payments: payments.payments,
    plans,
    generations,
    orders: orders.orders,
    reviews,
    chat: chat.chat,
  })
  const rooms: readonly Room[] = [
    users,
    assets,
    auth,
    payments,
    plans,
    generations,
    marketplace,
    factories,
    orders,
    reviews,
    chat,
    notifications,
    createAdminRoom(platform, {
      payments: payments.query,
      webhookRetriers: [payments.webhookRetry, factories.callRetry],
    }),
  ]
  return { rooms, authenticate: auth.authenticate, watchSession: auth.watchSession }
}
