import type { Clock } from '../../kernel/clock.js'
import type { Transaction } from '../database/transaction.js'
import { eventLagSeconds, eventsReplayedTotal, streamFollowers } from '../observability/metrics.js'
import { type CheckEvent, followEvents, followSignals } from './follow.js'
import type { FeedEvent, StreamFeed } from './stream-feed.js'
import { StreamFeeds, type StreamFeedsOptions } from './stream-feeds.js'
import { readHeads } from './stream-heads.js'
import { StreamPages } from './stream-pages.js'

export interface EventStreamsOptions extends StreamFeedsOptions {
  readonly clock: Clock
}

/**
 * Stored streams of events with contiguous numbers. Numbers are taken under the stream's row lock, so commit order is number order. The bus
 * makes delivery quick; reading the heads of followed streams now and then makes it sure, whatever a crash or Redis lost.
 */
export class EventStreams {
  private readonly feeds: StreamFeeds
  private readonly pages: StreamPages
  private readonly following = new Set<AsyncIterableIterator<unknown>>()

  constructor(private readonly options: EventStreamsOptions) {
    this.feeds = new StreamFeeds(options)
    this.pages = new StreamPages(options.pool)
  }

  /** Appends one event to each stream and announces it after the commit. @returns its number in each */
  async append(tx: Transaction, streams: readonly string[], subjectId: string): Promise<ReadonlyMap<string, bigint>> {
    const numbers = await this.bump(tx, streams)
    const names = [...numbers.keys()]
    const now = this.options.clock.now()
    await tx.prisma.$executeRaw`
      insert into stream_events (stream, number, subject_id, occurred_at)
      select stream, number, ${subjectId}::uuid, ${now}
      from unnest(${names}::text[], ${[...numbers.values()]}::bigint[]) as event (stream, number)`
    this.announceAfterCommit(tx, numbers, { subjectId, occurredAt: now.getTime() })
    return numbers
  }

  /** Wakes who follows the streams, without storing anything. */
  async signal(tx: Transaction, ...streams: readonly string[]): Promise<void> {
    if (streams.length === 0) return
    const occurredAt = this.options.clock.now().getTime()
    this.announceAfterCommit(tx, await this.bump(tx, streams), { subjectId: null, occurredAt })
  }

  /** Forgets streams that nobody will follow again, with their events. */
  async drop(tx: Transaction, streams: readonly string[]): Promise<void> {
    const names = [...streams]
    await tx.prisma.$executeRaw`delete from stream_events where stream = any(${names}::text[])`
    await tx.prisma.$executeRaw`delete from event_streams where name = any(${names}::text[])`
  }

  /** The number of the stream's last event; 0 before the first. */
  async lastNumber(stream: string): Promise<bigint> {
    return (await readHeads(this.options.pool, [stream])).get(stream) ?? 0n
  }

  /**
   * Every event after number `after`, once and in order, then live. Without `after`, from now on. Each is checked before it is handed over.
   * The iterator throws CURSOR_EXPIRED when events after `after` are no longer kept, and when the stream has not come that far.
   */
  async follow(stream: string, after: bigint | null, check: CheckEvent): Promise<AsyncIterableIterator<FeedEvent>> {
    const feed = await this.feeds.join(stream, after)
    const live = feed.head
    return this.track(stream, feed, (onEnd) =>
      followEvents({
        feed,
        start: after ?? live,
        pageAfter: (number) => this.pages.after(stream, number),
        check,
        onEvent: (event) => this.measure(event, live),
        onEnd,
      }),
    )
  }

  /** Yields whenever the stream is signalled. */
  async followSignals(stream: string): Promise<AsyncIterableIterator<bigint>> {
    // A feed that others follow may be a moment behind; then its next advance is one signal more.
    const feed = await this.feeds.join(stream, 0n)
    return this.track(stream, feed, (onEnd) => followSignals(feed, onEnd))
  }

  /** Ends every follower and stops reading. */
  async close(): Promise<void> {
    await Promise.all([...this.following].map(async (iterator) => iterator.return?.()))
    await this.feeds.close()
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

  private announceAfterCommit(
    tx: Transaction,
    numbers: ReadonlyMap<string, bigint>,
    what: { readonly subjectId: string | null; readonly occurredAt: number },
  ): void {
    const { bus, log } = this.options
    tx.afterCommit(() => {
      for (const [stream, number] of numbers) {
        const announcement = { stream, number: number.toString(), ...what }
        this.feeds.hear(announcement)
        bus.publish(announcement).catch((error: unknown) => {
          log.debug({ err: error, stream }, 'an event was not announced; its followers will read it')
        })
      }
    })
  }

  private measure({ number, occurredAt }: FeedEvent, live: bigint): void {
    if (number <= live) eventsReplayedTotal.inc()
    else eventLagSeconds.observe(Math.max(0, this.options.clock.now().getTime() - occurredAt) / 1_000)
  }

  private track<Value>(
    stream: string,
    feed: StreamFeed,
    follow: (onEnd: () => void) => AsyncIterableIterator<Value>,
  ): AsyncIterableIterator<Value> {
    const iterator = follow(() => {
      this.following.delete(iterator)
      streamFollowers.dec()
      this.feeds.leave(stream, feed)
    })
    this.following.add(iterator)
    streamFollowers.inc()
    return iterator
  }
}
