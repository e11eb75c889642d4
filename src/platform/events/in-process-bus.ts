import { PubSub } from 'graphql-subscriptions'
import type { Announcement, EventBus } from './event-bus.js'

/** The bus of a single process: what runs when there is no Redis. */
export function inProcessBus(): EventBus {
  const pubsub = new PubSub()
  return {
    publish: (announcement) => pubsub.publish(announcement.stream, announcement),
    async subscribe(stream, hear) {
      const id = await pubsub.subscribe(stream, (message: Announcement) => hear(message))
      return async () => pubsub.unsubscribe(id)
    },
    isHealthy: () => true,
    close: async () => undefined,
  }
}
