import { Redis } from 'ioredis'
import { expect, test } from 'vitest'

import { describeRedis, redisUrl } from './redis.js'

describeRedis('the Redis of a test file', () => {
  test('is empty, and numbered so that no other worker writes into it', async () => {
    const redis = new Redis(redisUrl ?? '')
    const keys = await redis.keys('*')
    await redis.set('left', 'behind')
    await redis.quit()

    expect(keys).toEqual([])
    expect(new URL(redisUrl ?? '').pathname).toBe(`/${process.env.VITEST_POOL_ID}`)
  })
})
