import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { systemClock } from '../../src/kernel/clock.js'
import { newId } from '../../src/kernel/ids.js'
import { type Database, openDatabase } from '../../src/platform/database/database.js'
import { inTransaction } from '../../src/platform/database/transaction.js'
import type { EventBus } from '../../src/platform/events/event-bus.js'
import { EventStreams } from '../../src/platform/events/event-streams.js'
import { redisBus } from '../../src/platform/events/redis-bus.js'
import type { FeedEvent } from '../../src/platform/events/stream-feed.js'
import { createLogger } from '../../src/platform/observability/logger.js'
import { createTestDatabase } from '../testkit/database.js'
import { type PrivateRedis, startPrivateRedis } from '../testkit/private-redis.js'
import { describeRedis } from '../testkit/redis.js'
import { temporaryFolder } from '../testkit/temporary-folder.js'

const log = createLogger('silent')
const LIMIT = { timeout: 30_000 }

describeRedis('Redis that goes and comes', () => {
  let folder: string
  let database: Database
  let redis: PrivateRedis
  let open: (EventStreams | EventBus)[]
  let heard: Map<string, string[]>

  beforeAll(async () => {
    folder = temporaryFolder()
    database = openDatabase({ url: (await createTestDatabase()).url, maxConnections: 12 })
  })
  afterAll(() => database.close())

  beforeEach(async () => {
    redis = await start()
    open = []
    heard = new Map()
  })
  afterEach(async () => {
    for (const one of open.reverse()) await one.close()
    await redis.stop()
  })

  const start = async (port?: number): Promise<PrivateRedis> => {
    const started = await startPrivateRedis(folder, port)
    if (!started) throw new Error('redis-server did not start')
    return started
  }

  /** One process. Without `pollEvery` it hears only what the bus brings. */
  function replica(pollEvery = 600_000) {
    const bus = redisBus(redis.url, log)
    const streams = new EventStreams({ pool: database.pool, bus, clock: systemClock, log, pollEvery })
    open.push(bus, streams)
    return { bus, streams }
  }

  const append = (streams: EventStreams, name: string) =>
    inTransaction(database, (tx) => streams.append(tx, [name], newId()))

  async function follow(streams: EventStreams, name: string): Promise<AsyncIterableIterator<FeedEvent>> {
    const events = await streams.follow(name, 0n, () => true)
    const numbers: string[] = []
    heard.set(name, numbers)
    void (async () => {
      for await (const { number } of events) numbers.push(String(number))
    })()
    return events
  }

  const channels = async (name: string): Promise<number> => {
    const client = new Redis(redis.url)
    const [, count] = (await client.pubsub('NUMSUB', `adtime:${name}`)) as [string, number]
    client.disconnect()
    return Number(count)
  }
  const untilReady = ({ bus }: { bus: EventBus }) => expect.poll(() => bus.isHealthy(), LIMIT).toBe(true)

  it('one process has one subscription to a stream, until the last of its followers leaves', async () => {
    const one = replica()
    await untilReady(one)
    const name = `order:${newId()}`
    const followers = await Promise.all(Array.from({ length: 20 }, () => follow(one.streams, name)))
    expect(await channels(name)).toBe(1)
    for (const follower of followers.splice(1)) await follower.return?.()
    expect(await channels(name)).toBe(1)
    await followers[0]?.return?.()
    await expect.poll(() => channels(name), LIMIT).toBe(0)
  })

  it('who joins while the last one leaves is subscribed', async () => {
    const [one, other] = [replica(), replica()]
    await untilReady(one)
    await untilReady(other)
    const name = `order:${newId()}`
    let last = await follow(one.streams, name)
    for (let round = 0; round < 100; round++) {
      const leaving = last.return?.()
      if (round % 3 === 0) await leaving
      if (round % 3 === 1) await sleep(Math.random() * 2)
      last = await follow(one.streams, name)
      await leaving
    }
    await append(other.streams, name)
    await expect.poll(() => heard.get(name), LIMIT).toEqual(['1'])
    expect(await channels(name)).toBe(1)
  })

  it('while it is stopped events go on through the database, and when it is back through it again', async () => {
    const [writer, reader] = [replica(), replica(300)]
    await untilReady(writer)
    await untilReady(reader)
    const name = `order:${newId()}`
    await follow(reader.streams, name)
    await redis.stop()
    await expect.poll(() => reader.bus.isHealthy(), LIMIT).toBe(false)
    await append(writer.streams, name)
    const during = `order:${newId()}`
    await follow(reader.streams, during)
    await append(writer.streams, during)
    await expect.poll(() => [heard.get(name), heard.get(during)], LIMIT).toEqual([['1'], ['1']])
    redis = await start(Number(new URL(redis.url).port))
    await expect.poll(async () => [await channels(name), await channels(during)], LIMIT).toEqual([1, 1])
  })

  it('when it is back, streams that were opened and left meanwhile are subscribed to or not, as they are', async () => {
    const [writer, reader] = [replica(), replica()]
    await untilReady(reader)
    const [before, left, opened] = [`order:${newId()}`, `order:${newId()}`, `order:${newId()}`]
    await follow(reader.streams, before)
    const leaving = await follow(reader.streams, left)
    await redis.stop()
    await expect.poll(() => reader.bus.isHealthy(), LIMIT).toBe(false)
    await leaving.return?.()
    await follow(reader.streams, opened)
    redis = await start(Number(new URL(redis.url).port))
    await untilReady(reader)
    await untilReady(writer)
    await expect.poll(() => channels(opened), LIMIT).toBe(1)
    expect([await channels(before), await channels(left)]).toEqual([1, 0])
    for (const name of [before, opened]) await append(writer.streams, name)
    await expect.poll(() => [heard.get(before), heard.get(opened)], LIMIT).toEqual([['1'], ['1']])
  })

  it('while it is frozen, events are appended, delivered and not queued; it is noticed, and used when it thaws', async () => {
    const [writer, reader] = [replica(), replica(300)]
    await untilReady(writer)
    await untilReady(reader)
    const name = `order:${newId()}`
    await follow(reader.streams, name)
    redis.freeze()
    await append(writer.streams, name)
    await follow(reader.streams, `order:${newId()}`)
    await expect.poll(() => heard.get(name), LIMIT).toEqual(['1'])
    await expect.poll(() => [writer.bus.isHealthy(), reader.bus.isHealthy()], LIMIT).toEqual([false, false])
    const announcement = { stream: name, number: '1', subjectId: newId(), occurredAt: 0 }
    const publishing = await Promise.allSettled(Array.from({ length: 5_000 }, () => writer.bus.publish(announcement)))
    expect(publishing.every(({ status }) => status === 'rejected')).toBe(true)
    redis.thaw()
    await untilReady(writer)
    await untilReady(reader)
    await expect.poll(() => channels(name), LIMIT).toBe(1)
  })

  it('what is being published when it freezes is bounded, and given up', async () => {
    const writer = replica()
    await untilReady(writer)
    redis.freeze()
    const announcement = { stream: 'order:x', number: '1', subjectId: newId(), occurredAt: 0 }
    const publishing = await Promise.allSettled(Array.from({ length: 5_000 }, () => writer.bus.publish(announcement)))
    const reasons = publishing.map((one) => (one.status === 'rejected' ? String(one.reason) : 'published'))
    expect(reasons.filter((reason) => reason.includes('does not keep up'))).toHaveLength(4_000)
    expect(reasons).not.toContain('published')
    redis.thaw()
    await untilReady(writer)
    await writer.bus.publish(announcement)
  })
})
