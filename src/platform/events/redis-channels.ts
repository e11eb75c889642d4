import type { Redis } from 'ioredis'

type Done = (error?: Error | null) => void

/**
 * The subscriber that graphql-redis-subscriptions is given. It keeps what is wanted, and subscribes to all of it whenever the connection
 * is there again: nothing is queued while it is not, nobody waits for it, and nothing that fails is left unheard.
 */
export class RedisChannels {
  private readonly wanted = new Set<string>()

  constructor(private readonly connection: Redis) {
    connection.on('ready', () => {
      if (this.wanted.size > 0) connection.subscribe(...this.wanted).catch(() => connection.disconnect(true))
    })
  }

  on(event: string, listener: (...args: unknown[]) => void): this {
    this.connection.on(event, listener)
    return this
  }

  subscribe(channel: string, done: Done): void {
    this.wanted.add(channel)
    const subscribed = this.connection.status === 'ready' ? this.connection.subscribe(channel) : Promise.resolve()
    // A connection that broke meanwhile comes back subscribed.
    subscribed.then(
      () => done(),
      () => done(),
    )
  }

  unsubscribe(channel: string): void {
    this.wanted.delete(channel)
    if (this.connection.status === 'ready') this.connection.unsubscribe(channel).catch(() => undefined)
  }

  /** Called beside `unsubscribe`; there are no patterns. */
  punsubscribe(): void {}
}
