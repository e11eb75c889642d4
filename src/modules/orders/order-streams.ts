import type { OrderParties } from './order.policy.js'

export const orderStream = (orderId: string): string => `order:${orderId}`
export const customerStream = (userId: string): string => `orders-of:${userId}`
export const factoryStream = (factoryId: string): string => `orders-at:${factoryId}`

/** What a cursor of a stream is bound to. */
export const cursorScope = (stream: string): string => `stream:${stream}`

/** Where the events of an order go: its own stream, whose numbers its history keeps, its customer's, and its factory's. */
export function streamsOf(order: OrderParties & { readonly id: string }): { own: string; all: string[] } {
  const own = orderStream(order.id)
  return {
    own,
    all: [own, customerStream(order.customerId), ...(order.factoryId ? [factoryStream(order.factoryId)] : [])],
  }
}
