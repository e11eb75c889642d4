import type { Pool } from 'pg'
import type { Clock } from '../../kernel/clock.js'
import { notFound, unauthenticated } from '../../kernel/domain-error.js'
import type { Viewer } from '../../kernel/viewer.js'
import { gatheredRows } from '../../platform/database/gathered-rows.js'
import { below, type Selection } from '../../platform/database/selection.js'
import type { EventBus } from '../../platform/events/event-bus.js'
import type { RateLimit, RateLimits } from '../../platform/limits/rate-limits.js'
import type { Logger } from '../../platform/observability/logger.js'
import { type PublicProfile, publicProfileShape } from '../users/index.js'
import type { OrderFinder } from './chat-access.js'
import type { TypingSignal } from './typing-signal.type.js'
import { type Typing, Typists } from './typists.js'

const LIMIT = { points: 60, seconds: 60 }
const topicOf = (orderId: string): string => `typing:${orderId}`

export interface ChatTypingDeps {
  readonly pool: Pool
  readonly bus: EventBus
  readonly clock: Clock
  readonly limits: RateLimits
  readonly log: Logger
  readonly orders: OrderFinder
}

/** Who is writing just now: told over the bus to whoever looks at the chat, and kept nowhere. While Redis is away nobody hears of it. */
export class ChatTyping {
  private readonly limit: RateLimit
  private readonly profiles: (id: string, selection: Selection) => Promise<PublicProfile | undefined>

  constructor(private readonly deps: ChatTypingDeps) {
    this.limit = deps.limits.limit('chat:typing', LIMIT)
    this.profiles = gatheredRows(deps.pool, publicProfileShape)
  }

  /** @throws NOT_FOUND, RATE_LIMITED after sixty in a minute */
  async say(viewer: Viewer, orderId: string, isTyping: boolean): Promise<void> {
    if (viewer.kind === 'visitor') throw unauthenticated()
    const { bus, clock, log, orders } = this.deps
    await orders.find(viewer, orderId)
    await this.limit.take(viewer.userId)
    const announcement = { number: isTyping ? '1' : '0', subjectId: viewer.userId, occurredAt: clock.now().getTime() }
    // Not awaited: nobody waits for a Redis that is slow to hear that somebody types.
    bus.publish({ stream: topicOf(orderId), ...announcement }).catch((error: unknown) => {
      log.debug({ err: error }, 'a typing signal was lost')
    })
  }

  /** What the others do, as long as the viewer takes part. @throws NOT_FOUND, also from the iterator when the right is lost */
  async follow(viewer: Viewer, orderId: string): Promise<AsyncIterableIterator<Typing>> {
    const { bus, log, orders } = this.deps
    await orders.find(viewer, orderId)
    const typists = new Typists(orderId)
    const subscribed = bus
      .subscribe(topicOf(orderId), ({ subjectId, number }) => {
        const isOwn = viewer.kind === 'user' && subjectId === viewer.userId
        if (subjectId && !isOwn) typists.hear({ userId: subjectId, isTyping: number === '1' })
      })
      .catch((error: unknown) => {
        log.debug({ err: error }, 'typing is not heard of')
        return async () => undefined
      })
    const mayHear = async () => Boolean(await orders.find(viewer, orderId))
    return typists.changes(mayHear, () => {
      void subscribed.then((leave) => leave()).catch(() => undefined)
    })
  }

  /** @throws NOT_FOUND when the account has gone meanwhile */
  async signal({ orderId, userId, isTyping }: Typing, selection: Selection): Promise<TypingSignal> {
    const user = await this.profiles(userId, below(selection, 'user'))
    if (!user) throw notFound('user')
    return { orderId, user, isTyping }
  }
}
