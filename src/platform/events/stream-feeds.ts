import type { Pool } from 'pg'
import { gathered } from '../database/gathered.js'
import type { Logger } from '../observability/logger.js'
import { streamFeeds } from '../observability/metrics.js'
import type { Announcement, EventBus } from './event-bus.js'
import { StreamFeed } from './stream-feed.js'
import { readHeads } from './stream-heads.js'

const POLL_EVERY_MS = 750
const SUBSCRIBE_LIMIT_MS = 1_000

export interface StreamFeedsOptions {
  readonly pool: Pool
  readonly bus: EventBus
  readonly log: Logger
  /** How often the heads of followed streams are read, in milliseconds: what the bus loses comes this much later. */
  readonly pollEvery?: number
}

interface OpenFeed {
  readonly feed: StreamFeed
  readonly ready: Promise<void>
  readonly close: () => Promise<void>
  followers: number
}

/** The feeds of a process: one for each stream that somebody here follows, with one subscription at the bus, as long as somebody does. */
export class StreamFeeds {
  private readonly open = new Map<string, OpenFeed>()
  private readonly headOf: (stream: string) => Promise<bigint | undefined>
  private poll: NodeJS.Timeout | undefined
  private isClosed = false

  constructor(private readonly options: StreamFeedsOptions) {
    this.headOf = gathered((streams) => readHeads(options.pool, streams))
  }

  /**
   * The stream's feed, which is at least where the database is now; with `reached`, at least there, if the database is. Leave it afterwards.
   */
  async join(stream: string, reached: bigint | null = null): Promise<StreamFeed> {
    const opened = this.open.get(stream) ?? this.openFeed(stream)
    opened.followers++
    try {
      const isNew = opened.followers === 1
      await opened.ready
      // Who resumes below the head needs no newer one: the rest will be heard.
      const isBehind = reached === null || reached > opened.feed.head
      if (!isNew && isBehind) opened.feed.advance((await this.headOf(stream)) ?? 0n)
    } catch (error) {
      this.leave(stream, opened.feed)
      throw error
    }
    return opened.feed
  }

  leave(stream: string, feed: StreamFeed): void {
    const opened = this.open.get(stream)
    if (opened?.feed !== feed || --opened.followers > 0) return
    this.open.delete(stream)
    streamFeeds.dec()
    void opened.close()
  }

  /** What was committed by this process reaches its own followers without the bus. */
  hear(announcement: Announcement): void {
    this.open.get(announcement.stream)?.feed.hear(announcement)
  }

  async close(): Promise<void> {
    this.isClosed = true
    clearTimeout(this.poll)
    const closing = [...this.open.values()]
    this.open.clear()
    streamFeeds.dec(closing.length)
    await Promise.all(closing.map((opened) => opened.close()))
  }

  private openFeed(stream: string): OpenFeed {
    const { bus, log } = this.options
    const feed = new StreamFeed()
    const subscribed = bus.subscribe(stream, (announcement) => feed.hear(announcement))
    subscribed.catch((error: unknown) => log.warn({ err: error, stream }, 'a stream is read without the bus'))
    const opened: OpenFeed = {
      feed,
      followers: 0,
      ready: this.firstHead(stream, feed, subscribed),
      close: async () => {
        const unsubscribe = await subscribed.catch(() => undefined)
        await unsubscribe?.().catch(() => undefined)
      },
    }
    opened.ready.catch(() => undefined)
    this.open.set(stream, opened)
    streamFeeds.inc()
    this.schedulePoll()
    return opened
  }

  // Subscribe first, read the head second: what commits in between is announced, what committed before is read.
  private async firstHead(stream: string, feed: StreamFeed, subscribed: Promise<unknown>): Promise<void> {
    let patience: NodeJS.Timeout | undefined
    const limit = new Promise((resolve) => {
      patience = setTimeout(resolve, SUBSCRIBE_LIMIT_MS)
    })
    await Promise.race([subscribed.catch(() => undefined), limit])
    clearTimeout(patience)
    feed.advance((await this.headOf(stream)) ?? 0n)
  }

  private schedulePoll(): void {
    if (this.poll || this.isClosed) return
    this.poll = setTimeout(() => {
      void this.readHeads().finally(() => {
        this.poll = undefined
        if (this.open.size > 0) this.schedulePoll()
      })
    }, this.options.pollEvery ?? POLL_EVERY_MS).unref()
  }

  private async readHeads(): Promise<void> {
    try {
      const heads = await readHeads(this.options.pool, [...this.open.keys()])
      for (const [stream, head] of heads) this.open.get(stream)?.feed.advance(head)
    } catch (error) {
      this.options.log.warn({ err: error }, 'the heads of followed streams could not be read')
    }
  }
}
