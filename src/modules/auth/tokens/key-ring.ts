import type { KeyObject } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Clock } from '../../../kernel/clock.js'
import type { Secrets } from '../../../platform/config/secrets.js'
import type { Logger } from '../../../platform/observability/logger.js'
import { type PublishedKeys, type SigningKey, SigningKeys } from './signing-keys.js'

const FRESH_MS = 5_000
const PAUSE_MS = 1_000
/** A thumbprint in base64url: how our keys are named. */
const KEY_ID = /^[\w-]{43}$/

/**
 * The keys as they are now. Where they lie in files that another process may replace, they are read again when they are used and
 * were read over 5 seconds ago, and when a token names a key that is not known, once a second at most: another replica may have
 * noticed before.
 */
export class KeyRing {
  private keys: SigningKeys
  private text: string
  private readAt: number
  private reading: Promise<void> | null = null
  private waiting: Promise<void> | null = null

  constructor(
    private readonly secrets: Pick<Secrets, 'jwtPrivateKey' | 'jwtPreviousKeys' | 'readJwtKeysAgain'>,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {
    const { jwtPrivateKey, jwtPreviousKeys } = secrets
    this.keys = new SigningKeys(secrets)
    this.text = JSON.stringify([jwtPrivateKey, jwtPreviousKeys])
    this.readAt = clock.now().getTime()
  }

  /** The key that signs. */
  async current(): Promise<SigningKey> {
    await this.refresh()
    return this.keys.current
  }

  async jwks(): Promise<PublishedKeys> {
    await this.refresh()
    return this.keys.jwks
  }

  /** The key that a token names, if it is one of ours that is still trusted. */
  async publicKey(kid: string | undefined): Promise<KeyObject | undefined> {
    await this.refresh()
    if (kid === undefined || this.knows(kid) || !this.secrets.readJwtKeysAgain || !KEY_ID.test(kid))
      return this.keys.publicKey(kid)
    await this.readSoon()
    return this.keys.publicKey(kid)
  }

  /** Whether a key is still trusted, as of the last reading. */
  knows(kid: string): boolean {
    return this.keys.publicKey(kid) !== undefined
  }

  /** Reads the keys again unless that was done a moment ago. */
  async refresh(): Promise<void> {
    if (!this.secrets.readJwtKeysAgain || this.age() < FRESH_MS) return
    this.reading ??= this.read().finally(() => {
      this.reading = null
    })
    await this.reading
  }

  // All that wait share one reading, which begins after the last of them has come: the key was there before its token.
  private async readSoon(): Promise<void> {
    this.waiting ??= sleep(Math.max(0, PAUSE_MS - this.age())).then(() => {
      this.waiting = null
      return this.read()
    })
    await this.waiting
  }

  // Also great when the clock went back.
  private age(): number {
    return Math.abs(this.clock.now().getTime() - this.readAt)
  }

  private async read(): Promise<void> {
    const now = this.clock.now()
    this.readAt = now.getTime()
    try {
      const read = await this.secrets.readJwtKeysAgain?.(now)
      const text = JSON.stringify(read && [read.jwtPrivateKey, read.jwtPreviousKeys])
      if (!read || text === this.text) return
      this.keys = new SigningKeys(read)
      this.text = text
    } catch (error) {
      this.log.warn({ err: error }, 'the keys of access tokens could not be read; those known stay in use')
    }
  }
}
