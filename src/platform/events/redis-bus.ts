import { RedisPubSub } from 'graphql-redis-subscriptions'
import { Redis } from 'ioredis'
import type { Logger } from '../observability/logger.js'
import type { Announcement, EventBus } from './event-bus.js'
import { RedisChannels } from './redis-channels.js'

const PREFIX = 'adtime:'
const HEARTBEAT_MS = 1_000
const SILENCE_LIMIT_MS = 2_000
/** Announcements on their way. Beyond that they are dropped: their followers read the database within a second. */
const MAX_PUBLISHING = 1_000

const options = {
  connectTimeout: 2_000,
  // A server that is frozen keeps its connections: one that says nothing for so long is left, and what waited for it fails.
  socketTimeout: SILENCE_LIMIT_MS,
  // Nothing queues for a server that is not there, neither for its return nor across it.
  maxRetriesPerRequest: 0,
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  autoResubscribe: false,
  // Its timer runs on even where there is no connection left to end.
  disconnectTimeout: 500,
  retryStrategy: (attempt: number) => Math.min(attempt * 100, 2_000),
}

/** The bus between replicas: one Redis channel a stream, subscribed to once per process. */
export function redisBus(url: string, log: Logger): EventBus {
  const publisher = new Redis(url, options)
  const subscriber = new Redis(url, options)
  const connections = [publisher, subscriber]
  for (const connection of connections) {
    let isDown = false
    connection.on('error', (error) => {
      if (!isDown) log.warn({ err: error }, 'Redis is unreachable; live events go on through the database')
      isDown = true
    })
    connection.on('ready', () => {
      if (isDown) log.info('Redis is back')
      isDown = false
    })
  }
  const heartbeat = setInterval(() => {
    for (const connection of connections) if (connection.status === 'ready') connection.ping().catch(() => undefined)
  }, HEARTBEAT_MS).unref()
  const pubsub = new RedisPubSub({ publisher, subscriber: new RedisChannels(subscriber) as unknown as Redis })
  let publishing = 0
  return {
    async publish(announcement) {
      if (publishing >= MAX_PUBLISHING) throw new Error('Redis does not keep up')
      publishing++
      try {
        await pubsub.publish(PREFIX + announcement.stream, announcement)
      } finally {
        publishing--
      }
    },
    async subscribe(stream, hear) {
      const id = await pubsub.subscribe(PREFIX + stream, (message: Announcement) => hear(message))
      return async () => pubsub.unsubscribe(id)
    },
    isHealthy: () => connections.every(({ status }) => status === 'ready'),
    async close() {
      clearInterval(heartbeat)
      for (const connection of connections) connection.disconnect()
    },
  }
}
