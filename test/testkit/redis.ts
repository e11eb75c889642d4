import { Redis } from 'ioredis'
import { beforeAll, describe, inject } from 'vitest'

const server = inject('redisUrl')

/**
 * Redis for this test file, or undefined where there is none. Each worker has a numbered database of its own, emptied by
 * `describeRedis`; channels are shared by all workers, as Redis does not number those.
 */
export const redisUrl: string | undefined = server === null ? undefined : `${server}/${process.env.VITEST_POOL_ID ?? 0}`

/** A `describe` for tests that need Redis: skipped where there is none, which REQUIRE_REDIS=1 makes a failure of the run. */
export function describeRedis(name: string, tests: () => void): void {
  describe.skipIf(redisUrl === undefined)(name, () => {
    beforeAll(emptyRedis)
    tests()
  })
}

async function emptyRedis(): Promise<void> {
  if (redisUrl === undefined) return
  const redis = new Redis(redisUrl)
  await redis.flushdb()
  await redis.quit()
}
