import { RedisPubSub } from 'graphql-redis-subscriptions'
import { Redis } from 'ioredis'
import type { Logger } from '../observability/logger.js'
import type { Announcement, EventBus } from './event-bus.js'

const PREFIX = 'adtime:'

/** The bus between replicas: one Redis channel a stream, subscribed to once per process. */
export function redisBus(url: string, log: Logger): EventBus {
  const options = {
    maxRetriesPerRequest: 1,
    connectTimeout: 2_000,
    // A lost announcement costs a second of delay; a queued one would cost a mutation its answer.
    commandTimeout: 1_000,
    enableOfflineQueue: false,
    keyPrefix: '',
    // Its timer runs on even where there is no connection left to end.
    disconnectTimeout: 500,
    retryStrategy: (attempt: number) => Math.min(attempt * 100, 2_000),
  }
  const publisher = new Redis(url, options)
  // The subscriber may queue: ioredis subscribes anew by itself after a reconnect.
  const subscriber = new Redis(url, {
    ...options,
    enableOfflineQueue: true,
    commandTimeout: undefined as never,
    maxRetriesPerRequest: null,
  })
  for (const client of [publisher, subscriber]) {
    let isDown = false
    client.on('error', (error) => {
      if (!isDown) log.warn({ err: error }, 'Redis is unreachable; live events go on through the database')
      isDown = true
    })
    client.on('ready', () => {
      if (isDown) log.info('Redis is back')
      isDown = false
    })
  }
  const pubsub = new RedisPubSub({ publisher, subscriber })
  return {
    publish: (announcement) => pubsub.publish(PREFIX + announcement.stream, announcement),
    async subscribe(stream, hear) {
      const id = await pubsub.subscribe(PREFIX + stream, (message: Announcement) => hear(message))
      return async () => pubsub.unsubscribe(id)
    },
    isHealthy: () => publisher.status === 'ready' && subscriber.status === 'ready',
    async close() {
      publisher.disconnect()
      subscriber.disconnect()
    },
  }
}
