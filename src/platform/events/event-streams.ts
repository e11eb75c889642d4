import type { Pool } from 'pg'
import type { Clock } from '../../kernel/clock.js'
import type { Transaction } from '../database/transaction.js'
import type { Logger } from '../observability/logger.js'
import type { EventBus } from './event-bus.js'
import { followEvents, followSignals } from './follow.js'
import { type FeedEvent, StreamFeed } from './stream-feed.js'

const BATCH = 100

export interface EventStreamsOptions {
  readonly pool: Pool
  readonly bus: EventBus
  readonly clock: Clock
  readonly log: Logger
  /** How often the heads of followed streams are read: while the bus works, and while it does not. Milliseconds. */
  readonly pollEvery?: { readonly healthy: number; readonly unhealthy: number }
}

interface OpenFeed {
  readonly feed: StreamFeed
  readonly ready: Promise<void>
  followers: number
  close: () => Promise<void>
}

/**
 * Stored streams of events with contiguous numbers. Numbers are taken under the stream's row lock, so commit order is number order. The bus
 * makes delivery quick; reading the heads of followed streams now and then makes it sure, whatever a crash or Redis lost.
 */
export class EventStreams {
  private readonly feeds = new Map<string, OpenFeed>()
  private readonly open = new Set<AsyncIterableIterator<unknown>>()
  private poll: NodeJS.Timeout | undefined
  private isClosed = false

  constructor(private readonly options: EventStreamsOptions) {}

  /** Appends one event to each stream and announces it after the commit. @returns its number in each */
  async append(tx: Transaction, streams: readonly string[], subjectId: string): Promise<ReadonlyMap<string, bigint>> {
    const numbers = await this.bump(tx, streams)
    const names = [...numbers.keys()]
    await tx.prisma.$executeRaw`
      insert into stream_events (stream, number, subject_id, occurred_at)
      select stream, number, ${subjectId}::uuid, ${this.options.clock.now()}
      from unnest(${names}::text[], ${[...numbers.values()]}::bigint[]) as event (stream, number)`
    this.announceAfterCommit(tx, numbers, subjectId)
    return numbers
  }

  /** Wakes who follows the streams, without storing anything. */
  async signal(tx: Transaction, ...streams: readonly string[]): Promise<void> {
    if (streams.length > 0) this.announceAfterCommit(tx, await this.bump(tx, streams), null)
  }

  /** Forgets streams that nobody will follow again. */
  async drop(tx: Transaction, streams: readonly string[]): Promise<void> {
    await tx.prisma.$executeRaw`delete from event_streams where name = any(${[...streams]}::text[])`
  }

  /** The number of the stream's last event; 0 before the first. */
  async lastNumber(stream: string): Promise<bigint> {
    const { rows } = await this.options.pool.query<{ last_number: string }>(
      'select last_number from event_streams where name = $1',
      [stream],
    )
    return BigInt(rows[0]?.last_number ?? 0)
  }

  /**
   * Every event after number `after`, once and in order, then live. Without `after`, from now on.
   * The iterator throws CURSOR_EXPIRED when events after `after` are no longer kept.
   */
  async follow(stream: string, after: bigint | null): Promise<AsyncIterableIterator<FeedEvent>> {
    const opened = await this.openFeed(stream)
    return this.track(
      (onEnd) =>
        followEvents(opened.feed, after ?? opened.feed.head, (number) => this.readAfter(stream, number), onEnd),
      stream,
    )
  }

  /** Yields whenever the stream is signalled. */
  async followSignals(stream: string): Promise<AsyncIterableIterator<bigint>> {
    const opened = await this.openFeed(stream)
    return this.track((onEnd) => followSignals(opened.feed, onEnd), stream)
  }

  /** Ends every follower and stops reading. */
  async close(): Promise<void> {
    this.isClosed = true
    clearTimeout(this.poll)
    await Promise.all([...this.open].map(async (iterator) => iterator.return?.()))
    await Promise.all([...this.feeds.values()].map((opened) => opened.close()))
  }

  private async bump(tx: Transaction, streams: readonly string[]): Promise<Map<string, bigint>> {
    // Sorted: two transactions that touch the same streams lock them in the same order.
    const names = [...new Set(streams)].sort()
    const rows = await tx.prisma.$queryRaw<{ name: string; last_number: bigint }[]>`
      insert into event_streams (name, last_number)
      select name, 1 from unnest(${names}::text[]) with ordinality as wanted (name, position) order by position
      on conflict (name) do update set last_number = event_streams.last_number + 1
      returning name, last_number`
    return new Map(rows.map(({ name, last_number }) => [name, last_number]))
  }

  private announceAfterCommit(tx: Transaction, numbers: ReadonlyMap<string, bigint>, subjectId: string | null): void {
    tx.afterCommit(() => {
      for (const [stream, number] of numbers)
        this.options.bus.publish({ stream, number: number.toString(), subjectId }).catch((error: unknown) => {
          this.options.log.debug({ err: error, stream }, 'an event was not announced; its followers will read it')
        })
    })
  }

  private async readAfter(stream: string, number: bigint): Promise<FeedEvent[]> {
    const { rows } = await this.options.pool.query<{ number: string; subject_id: string }>(
      'select number, subject_id from stream_events where stream = $1 and number > $2 order by number limit $3',
      [stream, number.toString(), BATCH],
    )
    return rows.map((row) => ({ number: BigInt(row.number), subjectId: row.subject_id }))
  }

  private track<Value>(
    follow: (onEnd: () => void) => AsyncIterableIterator<Value>,
    stream: string,
  ): AsyncIterableIterator<Value> {
    const iterator = follow(() => {
      this.open.delete(iterator)
      this.leave(stream)
    })
    this.open.add(iterator)
    return iterator
  }

  // Subscribe first, read the head second: what commits in between is announced, what committed before is read.
  private async openFeed(stream: string): Promise<OpenFeed> {
    const known = this.feeds.get(stream)
    if (known) {
      known.followers++
      await known.ready
      // Others may have opened it long ago: the head must be at least what is committed now.
      known.feed.advance(await this.lastNumber(stream))
      return known
    }
    const feed = new StreamFeed()
    const subscribed = this.options.bus.subscribe(stream, (announcement) => feed.hear(announcement))
    subscribed.catch((error: unknown) =>
      this.options.log.warn({ err: error, stream }, 'a stream is read without the bus'),
    )
    const opened: OpenFeed = {
      feed,
      followers: 1,
      ready: this.firstHead(stream, feed, subscribed),
      close: async () => {
        const unsubscribe = await subscribed.catch(() => undefined)
        await unsubscribe?.().catch(() => undefined)
      },
    }
    this.feeds.set(stream, opened)
    this.schedulePoll()
    try {
      await opened.ready
    } catch (error) {
      this.leave(stream)
      throw error
    }
    return opened
  }

  private async firstHead(stream: string, feed: StreamFeed, subscribed: Promise<unknown>): Promise<void> {
    const patience = new Promise((resolve) => setTimeout(resolve, 1_000).unref())
    await Promise.race([subscribed.catch(() => undefined), patience])
    feed.advance(await this.lastNumber(stream))
  }

  private leave(stream: string): void {
    const opened = this.feeds.get(stream)
    if (!opened || --opened.followers > 0) return
    this.feeds.delete(stream)
    void opened.close()
  }

  private schedulePoll(): void {
    if (this.poll || this.isClosed) return
    const { healthy, unhealthy } = this.options.pollEvery ?? { healthy: 1_500, unhealthy: 500 }
    this.poll = setTimeout(
      () => {
        void this.readHeads().finally(() => {
          this.poll = undefined
          if (this.feeds.size > 0) this.schedulePoll()
        })
      },
      this.options.bus.isHealthy() ? healthy : unhealthy,
    ).unref()
  }

  private async readHeads(): Promise<void> {
    try {
      const { rows } = await this.options.pool.query<{ name: string; last_number: string }>(
        'select name, last_number from event_streams where name = any($1)',
        [[...this.feeds.keys()]],
      )
      for (const { name, last_number } of rows) this.feeds.get(name)?.feed.advance(BigInt(last_number))
    } catch (error) {
      this.options.log.warn({ err: error }, 'the heads of followed streams could not be read')
    }
  }
}
