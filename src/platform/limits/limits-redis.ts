import { Redis } from 'ioredis'
import type { Logger } from '../observability/logger.js'

/** The connection that limits count through. It fails at once rather than queue: who is counted is waiting for an answer. */
export function limitsRedis(url: string, log: Logger): Redis {
  const client = new Redis(url, {
    maxRetriesPerRequest: 0,
    connectTimeout: 2_000,
    commandTimeout: 500,
    enableOfflineQueue: false,
    // Its timer runs on even where there is no connection left to end.
    disconnectTimeout: 500,
    retryStrategy: (attempt: number) => Math.min(attempt * 100, 2_000),
  })
  let isDown = false
  client.on('error', (error) => {
    if (!isDown) log.warn({ err: error }, 'limits are counted in each process until Redis is back')
    isDown = true
  })
  client.on('ready', () => {
    isDown = false
  })
  return client
}
