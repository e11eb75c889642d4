import type { Platform } from '../../platform/platform.js'
import type { Room } from '../../platform/room.js'
import type { PaymentQuery } from '../payments/index.js'
import { AdminResolver } from './admin.resolver.js'
import { WebhookDeliveryQuery } from './webhooks/webhook-delivery.query.js'
import { type WebhookRetrier, WebhookRetryResolver } from './webhooks/webhook-retry.resolver.js'

interface AdminNeighbours {
  readonly payments: PaymentQuery
  /** The rooms that keep webhooks. */
  readonly webhookRetriers: readonly WebhookRetrier[]
}

/** The desk: thin, because an act on a thing lives in the room of that thing. */
export function createAdminRoom(platform: Platform, { payments, webhookRetriers }: AdminNeighbours): Room {
  const deliveries = new WebhookDeliveryQuery(platform)
  return {
    resolvers: [new AdminResolver(payments, deliveries), new WebhookRetryResolver(deliveries, webhookRetriers)],
  }
}
