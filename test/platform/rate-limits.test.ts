import { afterAll, describe, expect, it } from 'vitest'
import { newId } from '../../src/kernel/ids.js'
import { limitsRedis } from '../../src/platform/limits/limits-redis.js'
import { RateLimits } from '../../src/platform/limits/rate-limits.js'
import { createLogger } from '../../src/platform/observability/logger.js'
import { startPrivateRedis } from '../testkit/private-redis.js'
import { describeRedis, redisUrl } from '../testkit/redis.js'
import { temporaryFolder } from '../testkit/temporary-folder.js'

const log = createLogger('silent')
const outcome = (taken: Promise<void>) => taken.then(() => 'ok').catch((error: { code: string }) => error.code)
const count = (outcomes: readonly string[], wanted: string) => outcomes.filter((one) => one === wanted).length

describe('a limit in one process', () => {
  it('lets as many of parallel tries through as there are points, and says when there are more', async () => {
    const limit = new RateLimits(null).limit('test', { points: 5, seconds: 60 })
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => outcome(limit.take('anna'))))
    expect([count(outcomes, 'ok'), count(outcomes, 'RATE_LIMITED')]).toEqual([5, 45])
    await expect(limit.take('anna')).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfter: 60 })
    await expect(limit.take('boris')).resolves.toBeUndefined()
  })

  it('gives points back', async () => {
    const limit = new RateLimits(null).limit('test', { points: 1, seconds: 60 })
    await limit.take('anna')
    await limit.giveBack('anna')
    expect(await outcome(limit.take('anna'))).toBe('ok')
    expect(await outcome(limit.take('anna'))).toBe('RATE_LIMITED')
  })

  it('has points again when its time is over', async () => {
    const limit = new RateLimits(null).limit('test', { points: 1, seconds: 1 })
    await limit.take('anna')
    expect(await outcome(limit.take('anna'))).toBe('RATE_LIMITED')
    await expect.poll(() => outcome(limit.take('anna')), { timeout: 3_000 }).toBe('ok')
  })
})

describeRedis('a limit on Redis', () => {
  it('is one for all processes, and keeps no names', async () => {
    const clients = [limitsRedis(String(redisUrl), log), limitsRedis(String(redisUrl), log)] as const
    await Promise.all(clients.map((client) => new Promise((resolve) => client.once('ready', resolve))))
    const name = newId()
    const tries = clients.map((client) => new RateLimits(client).tries(name, { points: 5, seconds: 60 }))
    const outcomes = await Promise.all(
      Array.from({ length: 50 }, (_, n) => outcome(tries[n % 2]?.take(null, 'anna@example.com') ?? Promise.reject())),
    )
    expect(count(outcomes, 'ok')).toBe(5)
    const keys = await clients[0].keys(`adtime:limit:${name}*`)
    expect(keys).toHaveLength(1)
    expect(keys.join()).not.toContain('anna')
    for (const client of clients) client.disconnect()
  })
})

const broken = await startPrivateRedis(temporaryFolder())

describe.skipIf(broken === null)('a limit whose Redis fails', () => {
  const client = limitsRedis(broken?.url ?? 'redis://127.0.0.1:1', log)
  afterAll(() => client.disconnect())

  it('is counted in the process, at once: the gate stays a gate', async () => {
    await new Promise((resolve) => (client.status === 'ready' ? resolve(null) : client.once('ready', resolve)))
    const limit = new RateLimits(client).limit('test', { points: 5, seconds: 60 })
    await limit.take('anna')
    await broken?.stop()
    const began = performance.now()
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => outcome(limit.take('anna'))))
    expect([count(outcomes, 'ok'), count(outcomes, 'RATE_LIMITED')]).toEqual([5, 45])
    // The command's time limit, not that of a connection that hangs.
    expect(performance.now() - began).toBeLessThan(5_000)
  })
})
