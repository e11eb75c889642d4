import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { systemClock } from '../../src/kernel/clock.js'
import { newId } from '../../src/kernel/ids.js'
import { type Database, openDatabase } from '../../src/platform/database/database.js'
import { inTransaction } from '../../src/platform/database/transaction.js'
import type { EventBus } from '../../src/platform/events/event-bus.js'
import { EventStreams } from '../../src/platform/events/event-streams.js'
import { inProcessBus } from '../../src/platform/events/in-process-bus.js'
import { redisBus } from '../../src/platform/events/redis-bus.js'
import type { FeedEvent } from '../../src/platform/events/stream-feed.js'
import { pruneStreamEvents } from '../../src/platform/events/stream-pruning.js'
import { createLogger } from '../../src/platform/observability/logger.js'
import { createTestDatabase } from '../testkit/database.js'
import { describeRedis, redisUrl } from '../testkit/redis.js'

const log = createLogger('silent')
const everything = () => true
let database: Database

beforeAll(async () => {
  database = openDatabase({ url: (await createTestDatabase()).url, maxConnections: 12 })
})

afterAll(() => database.close())

const streamsOver = (bus: EventBus, { pool = database.pool, pollEvery = 3_000 } = {}) =>
  new EventStreams({ pool, bus, clock: systemClock, log, pollEvery })

/** The pool, and how many statements went through it. */
function counting() {
  const statements: string[] = []
  const query = (statement: { readonly text: string }) => {
    statements.push(statement.text)
    return database.pool.query(statement)
  }
  return { pool: { query } as unknown as pg.Pool, statements }
}

const append = (streams: EventStreams, ...names: string[]) =>
  inTransaction(database, async (tx) => {
    const id = newId()
    await streams.append(tx, names, id)
    return id
  })

const age = (name: string, upTo: number) =>
  database.pool.query(
    `update stream_events set occurred_at = now() - interval '30 days 1 minute' where stream = $1 and number <= $2`,
    [name, upTo],
  )

/** As if somebody else had appended so many. */
async function writeEvents(name: string, count: number): Promise<void> {
  await database.pool.query('insert into event_streams (name, last_number) values ($1, $2)', [name, count])
  await database.pool.query(
    `insert into stream_events (stream, number, subject_id, occurred_at)
     select $1, n, gen_random_uuid(), now() from generate_series(1, $2::int) n`,
    [name, count],
  )
}

async function take(events: AsyncIterableIterator<FeedEvent>, count: number): Promise<FeedEvent[]> {
  const taken: FeedEvent[] = []
  while (taken.length < count) {
    const next = await Promise.race([
      events.next(),
      new Promise<never>((_, reject) =>
        setTimeout(reject, 8_000, new Error(`only ${taken.length} of ${count} came`)).unref(),
      ),
    ])
    if (next.done) break
    taken.push(next.value)
  }
  return taken
}

const numbersOf = (events: readonly FeedEvent[]) => events.map(({ number }) => Number(number))
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

function behaviour(makeBus: () => EventBus): void {
  it('numbers are contiguous although 50 transactions append at once and some roll back', async () => {
    const bus = makeBus()
    const streams = streamsOver(bus)
    const name = `order:${newId()}`
    const attempts = upTo(50).map((index) =>
      inTransaction(database, async (tx) => {
        await streams.append(tx, [name, `orders-of:${name}`], newId())
        if (index % 5 === 0) throw new Error('rolled back')
      }).catch(() => undefined),
    )
    await Promise.all(attempts)
    const events = await streams.follow(name, 0n, everything)
    expect(numbersOf(await take(events, 40))).toEqual(upTo(40))
    await streams.close()
    await bus.close()
  })

  it('a follower that joins while events are appended gets each once and in order', async () => {
    const bus = makeBus()
    const streams = streamsOver(bus)
    const name = `order:${newId()}`
    const writing = (async () => {
      for (let index = 0; index < 60; index++) await append(streams, name)
    })()
    const followers = await Promise.all(
      upTo(20).map(async (index) => {
        await new Promise((resolve) => setTimeout(resolve, index * 3))
        return take(await streams.follow(name, 0n, everything), 60)
      }),
    )
    await writing
    for (const events of followers) expect(numbersOf(events)).toEqual(upTo(60))
    await streams.close()
    await bus.close()
  })

  it('without a cursor only what comes later is delivered', async () => {
    const bus = makeBus()
    const streams = streamsOver(bus)
    const name = `order:${newId()}`
    await append(streams, name)
    const events = await streams.follow(name, null, everything)
    const id = await append(streams, name)
    expect(await take(events, 1)).toMatchObject([{ number: 2n, subjectId: id }])
    await streams.close()
    await bus.close()
  })
}

describe('event streams in one process', () => {
  behaviour(inProcessBus)

  it('an announcement that was lost is made up for by reading the database', async () => {
    const [here, there] = [inProcessBus(), inProcessBus()]
    const [writer, reader] = [streamsOver(here), streamsOver(there, { pollEvery: 50 })]
    const name = `order:${newId()}`
    const events = await reader.follow(name, null, everything)
    await append(writer, name)
    expect(numbersOf(await take(events, 1))).toEqual([1])
    await Promise.all([writer.close(), reader.close()])
  })

  it('what a process commits reaches its own followers although the bus is lost', async () => {
    const lost: EventBus = { ...inProcessBus(), publish: () => Promise.reject(new Error('lost')) }
    const streams = streamsOver(lost, { pollEvery: 60_000 })
    const name = `order:${newId()}`
    const events = await streams.follow(name, null, everything)
    await append(streams, name)
    expect(numbersOf(await take(events, 1))).toEqual([1])
    await streams.close()
  })

  it('a follower that is waiting ends at once when it is returned', async () => {
    const streams = streamsOver(inProcessBus())
    const events = await streams.follow(`order:${newId()}`, null, everything)
    const waiting = events.next()
    await events.return?.()
    expect(await waiting).toEqual({ value: undefined, done: true })
    await streams.close()
  })

  it('a cursor older than the oldest kept event is expired, also when none is kept, and one without a gap goes on', async () => {
    const streams = streamsOver(inProcessBus())
    const name = `order:${newId()}`
    for (let index = 0; index < 3; index++) await append(streams, name)
    await age(name, 2)
    await pruneStreamEvents(database, new Date())
    await expect((await streams.follow(name, 1n, everything)).next()).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' })
    expect(numbersOf(await take(await streams.follow(name, 2n, everything), 1))).toEqual([3])
    await age(name, 3)
    await pruneStreamEvents(database, new Date())
    // A process that never saw them.
    const other = streamsOver(inProcessBus())
    for (const after of [0n, 1n, 2n])
      await expect((await other.follow(name, after, everything)).next()).rejects.toMatchObject({
        code: 'CURSOR_EXPIRED',
      })
    const upToDate = await other.follow(name, 3n, everything)
    await append(other, name)
    expect(numbersOf(await take(upToDate, 1))).toEqual([4])
    await Promise.all([streams.close(), other.close()])
  })

  it('pruning keeps what is younger than 30 days, and takes batches', async () => {
    const name = `order:${newId()}`
    await database.pool.query(
      `insert into stream_events (stream, number, subject_id, occurred_at)
       select $1, n, $2, now() - case when n <= 12000 then interval '30 days 1 minute' else interval '29 days 23 hours' end from generate_series(1, 12010) n`,
      [name, newId()],
    )
    const kept = 'select count(*)::int as count, min(number)::int as first from stream_events where stream = $1'
    expect(await pruneStreamEvents(database, new Date())).toBe(12_000)
    expect((await database.pool.query(kept, [name])).rows).toEqual([{ count: 10, first: 12_001 }])
    const stopped = new AbortController()
    stopped.abort()
    expect(await pruneStreamEvents(database, new Date(Date.now() + 86_400_000), stopped.signal)).toBe(0)
  })

  it('a cursor beyond the end of its stream is expired', async () => {
    const streams = streamsOver(inProcessBus())
    const name = `order:${newId()}`
    await append(streams, name)
    const first = await streams.follow(name, null, everything)
    for (const after of [2n, 1_000n])
      await expect((await streams.follow(name, after, everything)).next()).rejects.toMatchObject({
        code: 'CURSOR_EXPIRED',
      })
    await first.return?.()
    await expect((await streams.follow(name, 2n, everything)).next()).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' })
    await streams.close()
  })

  it('a dropped stream begins anew', async () => {
    const streams = streamsOver(inProcessBus())
    const name = `order:${newId()}`
    await append(streams, name)
    await inTransaction(database, (tx) => streams.drop(tx, [name]))
    await append(streams, name)
    expect(numbersOf(await take(await streams.follow(name, 0n, everything), 1))).toEqual([1])
    await streams.close()
  })

  it('signals wake their followers without being stored', async () => {
    const streams = streamsOver(inProcessBus())
    const name = `generation:${newId()}`
    const signals = await streams.followSignals(name)
    await inTransaction(database, (tx) => streams.signal(tx, name))
    expect((await signals.next()).done).toBe(false)
    const { rowCount } = await database.pool.query('select 1 from stream_events where stream = $1', [name])
    expect(rowCount).toBe(0)
    await streams.close()
  })
})

describe('many who resume at once', () => {
  const WRITTEN = 250

  it('a stream is read once for all of them, from wherever they resume, and again only for what is new', async () => {
    const { pool, statements } = counting()
    const streams = streamsOver(inProcessBus(), { pool, pollEvery: 60_000 })
    const name = `order:${newId()}`
    await writeEvents(name, WRITTEN)
    const resume = async (index: number) => {
      const after = index % WRITTEN
      const events = await streams.follow(name, BigInt(after), everything)
      expect(numbersOf(await take(events, WRITTEN - after))).toEqual(upTo(WRITTEN).slice(after))
      return events
    }
    const followers = await Promise.all(upTo(400).map(resume))
    // Its head, and its three pages.
    expect(statements.length).toBeLessThanOrEqual(4)
    const before = statements.length
    for (const index of [7, 107, 207]) await resume(index)
    await append(streams, name)
    const last = await Promise.all(followers.map((events) => take(events, 1)))
    expect(last.every(([event]) => event?.number === BigInt(WRITTEN + 1))).toBe(true)
    expect(statements).toHaveLength(before)
    await streams.close()
  })

  it('different streams are read together, so many at a time, over one connection', async () => {
    const { pool, statements } = counting()
    const streams = streamsOver(inProcessBus(), { pool, pollEvery: 60_000 })
    const names = upTo(200).map(() => `order:${newId()}`)
    await Promise.all(names.map((name) => writeEvents(name, 2)))
    await Promise.all(
      names.map(async (name) =>
        expect(numbersOf(await take(await streams.follow(name, 0n, everything), 2))).toEqual([1, 2]),
      ),
    )
    expect(statements.filter((text) => text.includes('event_streams')).length).toBeLessThanOrEqual(2)
    expect(statements.filter((text) => text.includes('stream_events')).length).toBeLessThanOrEqual(15)
    await streams.close()
  })

  it('a long replay is read by pages of a hundred', async () => {
    const { pool, statements } = counting()
    const streams = streamsOver(inProcessBus(), { pool, pollEvery: 60_000 })
    const name = `order:${newId()}`
    await writeEvents(name, 5_000)
    expect(numbersOf(await take(await streams.follow(name, 0n, everything), 5_000))).toEqual(upTo(5_000))
    expect(statements).toHaveLength(51)
    await streams.close()
  })
})

describeRedis('event streams through Redis', () => {
  behaviour(() => redisBus(redisUrl ?? '', log))

  it('events written by one replica reach followers on another', async () => {
    const buses = [redisBus(redisUrl ?? '', log), redisBus(redisUrl ?? '', log)] as const
    const [here, there] = [streamsOver(buses[0]), streamsOver(buses[1])]
    const name = `order:${newId()}`
    const events = await there.follow(name, null, everything)
    await append(here, name)
    expect(numbersOf(await take(events, 1))).toEqual([1])
    await Promise.all([here.close(), there.close()])
    await Promise.all(buses.map((bus) => bus.close()))
  })
})
