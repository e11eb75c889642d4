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
import { createLogger } from '../../src/platform/observability/logger.js'
import { createTestDatabase } from '../testkit/database.js'
import { describeRedis, redisUrl } from '../testkit/redis.js'

const log = createLogger('silent')
let database: Database

beforeAll(async () => {
  database = openDatabase({ url: (await createTestDatabase()).url, maxConnections: 12 })
})

afterAll(() => database.close())

const streamsOver = (bus: EventBus, pollEvery = { healthy: 3_000, unhealthy: 100 }) =>
  new EventStreams({ pool: database.pool, bus, clock: systemClock, log, pollEvery })

const append = (streams: EventStreams, ...names: string[]) =>
  inTransaction(database, async (tx) => {
    const id = newId()
    await streams.append(tx, names, id)
    return id
  })

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
    const events = await streams.follow(name, 0n)
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
        return take(await streams.follow(name, 0n), 60)
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
    const events = await streams.follow(name, null)
    const id = await append(streams, name)
    expect(await take(events, 1)).toEqual([{ number: 2n, subjectId: id }])
    await streams.close()
    await bus.close()
  })
}

describe('event streams in one process', () => {
  behaviour(inProcessBus)

  it('an announcement that was lost is made up for by reading the database', async () => {
    const deaf: EventBus = {
      ...inProcessBus(),
      publish: async () => Promise.reject(new Error('lost')),
      isHealthy: () => false,
    }
    const streams = streamsOver(deaf)
    const name = `order:${newId()}`
    const events = await streams.follow(name, null)
    await append(streams, name)
    expect(numbersOf(await take(events, 1))).toEqual([1])
    await streams.close()
  })

  it('a follower that is waiting ends at once when it is returned', async () => {
    const streams = streamsOver(inProcessBus())
    const events = await streams.follow(`order:${newId()}`, null)
    const waiting = events.next()
    await events.return?.()
    expect(await waiting).toEqual({ value: undefined, done: true })
    await streams.close()
  })

  it('a cursor older than the oldest kept event is expired', async () => {
    const streams = streamsOver(inProcessBus())
    const name = `order:${newId()}`
    for (let index = 0; index < 3; index++) await append(streams, name)
    await database.pool.query('delete from stream_events where stream = $1 and number <= 2', [name])
    await expect((await streams.follow(name, 0n)).next()).rejects.toMatchObject({ code: 'CURSOR_EXPIRED' })
    expect(numbersOf(await take(await streams.follow(name, 2n), 1))).toEqual([3])
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

describeRedis('event streams through Redis', () => {
  behaviour(() => redisBus(redisUrl ?? '', log))

  it('events written by one replica reach followers on another', async () => {
    const buses = [redisBus(redisUrl ?? '', log), redisBus(redisUrl ?? '', log)] as const
    const [here, there] = [streamsOver(buses[0]), streamsOver(buses[1])]
    const name = `order:${newId()}`
    const events = await there.follow(name, null)
    await append(here, name)
    expect(numbersOf(await take(events, 1))).toEqual([1])
    await Promise.all([here.close(), there.close()])
    await Promise.all(buses.map((bus) => bus.close()))
  })
})
