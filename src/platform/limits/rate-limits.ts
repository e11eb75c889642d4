import { createHash } from 'node:crypto'
import type { Redis } from 'ioredis'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import { DomainError } from '../../kernel/domain-error.js'
import { addressBlock } from './address-block.js'

export interface RateLimitNumbers {
  readonly points: number
  readonly seconds: number
}

/** So many points for each key in a time that begins with the first. */
export interface RateLimit {
  /** @throws RATE_LIMITED with the seconds until there are points again */
  take(key: string, points?: number): Promise<void>
  /** Undoes a `take` whose try was refused for another reason. */
  giveBack(key: string, points?: number): Promise<void>
}

/** The same number of tries for each address and for each account. */
export interface TryLimit {
  /** @throws RATE_LIMITED @param account whatever names it, such as an address of e-mail; null when there is none */
  take(ip: string | null, account: string | null): Promise<void>
  giveBack(ip: string | null, account: string | null): Promise<void>
}

/**
 * Rate limits on Redis, or in this process where there is none. While Redis fails every process counts for itself: the gate
 * becomes wider by the number of processes, never open. Keys are hashed: who is counted stays here.
 */
export class RateLimits {
  constructor(private readonly redis: Redis | null) {}

  limit(name: string, { points, seconds }: RateLimitNumbers): RateLimit {
    const options = { keyPrefix: `adtime:limit:${name}`, points, duration: seconds }
    const memory = new RateLimiterMemory(options)
    const limiter = this.redis
      ? new RateLimiterRedis({ ...options, storeClient: this.redis, insuranceLimiter: memory, useRedisPackage: false })
      : memory
    return {
      async take(key, taken = 1) {
        await limiter.consume(hashed(key), taken).catch((refusal: unknown) => {
          throw refusal instanceof RateLimiterRes ? rateLimited(refusal.msBeforeNext) : refusal
        })
      },
      async giveBack(key, taken = 1) {
        await limiter.reward(hashed(key), taken)
      },
    }
  }

  tries(name: string, numbers: RateLimitNumbers): TryLimit {
    const byAddress = this.limit(`${name}:address`, numbers)
    const byAccount = this.limit(`${name}:account`, numbers)
    return {
      async take(ip, account) {
        if (ip !== null) await byAddress.take(addressBlock(ip))
        if (account !== null) await byAccount.take(account)
      },
      async giveBack(ip, account) {
        if (ip !== null) await byAddress.giveBack(addressBlock(ip))
        if (account !== null) await byAccount.giveBack(account)
      },
    }
  }
}

const hashed = (key: string): string => createHash('sha256').update(key).digest('base64url').slice(0, 22)

function rateLimited(milliseconds: number): DomainError {
  const retryAfter = Math.max(1, Math.ceil(milliseconds / 1_000))
  return new DomainError('RATE_LIMITED', `Too many tries. Try again in ${retryAfter} s.`, { retryAfter })
}
