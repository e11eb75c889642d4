import type { Room } from '../../platform/room.js'
import type { PaymentQuery, WebhookDeliveryQuery } from '../payments/index.js'
import { AdminResolver } from './admin.resolver.js'

interface AdminNeighbours {
  readonly payments: PaymentQuery
  readonly deliveries: WebhookDeliveryQuery
}

/** The desk: thin, because an act on a thing lives in the room of that thing. */
export const createAdminRoom = ({ payments, deliveries }: AdminNeighbours): Room => ({
  resolvers: [new AdminResolver(payments, deliveries)],
})
