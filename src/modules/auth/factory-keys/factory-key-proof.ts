import { LRUCache } from 'lru-cache'
import type { Clock } from '../../../kernel/clock.js'
import type { Database } from '../../../platform/database/database.js'
import type { Logger } from '../../../platform/observability/logger.js'
import { secretHash } from '../../../platform/secrets/one-time-secret.js'
import { invalidAccessToken } from '../auth.errors.js'

const MAX_REMEMBERED = 1_000
const NOTE_EVERY_MS = 60_000

/** What a key proves, in the words of an access token: the key is the session. */
export interface FactoryKeyClaims {
  readonly sessionId: string
  readonly userId: string
  /** A key is good until it is revoked. */
  readonly expiresAt: null
}

/** Knows keys by their hashes. Whether one is still good is asked of `SessionViewerQuery`, as for sessions. */
export class FactoryKeyProof {
  // Whose a key is never changes. Keys of the map are hashes: no token lies in memory.
  private readonly known = new LRUCache<string, FactoryKeyClaims>({ max: MAX_REMEMBERED })
  private readonly noted = new LRUCache<string, number>({ max: MAX_REMEMBERED })

  constructor(
    private readonly database: Pick<Database, 'prisma'>,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  /** @throws UNAUTHENTICATED for a key that was never issued */
  async verify(token: string): Promise<FactoryKeyClaims> {
    const tokenHash = secretHash(token)
    const name = Buffer.from(tokenHash).toString('base64')
    const known = this.known.get(name)
    if (known) return known
    const key = await this.database.prisma.factoryKey.findUnique({
      where: { tokenHash },
      select: { id: true, userId: true },
    })
    if (!key) throw invalidAccessToken()
    const claims = { sessionId: key.id, userId: key.userId, expiresAt: null }
    this.known.set(name, claims)
    return claims
  }

  /** Writes down that a key is in use, once a minute at most; nobody waits for it. */
  noteUse(keyId: string): void {
    const now = this.clock.now()
    const before = this.noted.get(keyId)
    if (before !== undefined && Math.abs(now.getTime() - before) < NOTE_EVERY_MS) return
    this.noted.set(keyId, now.getTime())
    const aMinuteAgo = new Date(now.getTime() - NOTE_EVERY_MS)
    this.database.prisma.factoryKey
      .updateMany({
        where: { id: keyId, OR: [{ lastUsedAt: null }, { lastUsedAt: { lte: aMinuteAgo } }] },
        data: { lastUsedAt: now },
      })
      .catch((error: unknown) => this.log.debug({ err: error, keyId }, 'the use of a key was not written down'))
  }
}
