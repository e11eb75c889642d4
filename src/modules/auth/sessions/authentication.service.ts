import { LRUCache } from 'lru-cache'
import type { Clock } from '../../../kernel/clock.js'
import { type Authenticated, type SignedInViewer, visitor } from '../../../kernel/viewer.js'
import { endedSession, invalidAccessToken } from '../auth.errors.js'
import type { FactoryKeyProof } from '../factory-keys/factory-key-proof.js'
import { isFactoryKeyToken } from '../factory-keys/factory-key-token.js'
import type { AccessTokens } from '../tokens/access-tokens.js'
import type { SessionViewerQuery } from './session-viewer.query.js'

const FRESH_MS = 2_000
const MAX_REMEMBERED = 20_000
const BEARER = /^Bearer +([\w.-]+)$/i

interface Read {
  readonly startedAt: number
  readonly viewer: Promise<SignedInViewer | null>
}

/** Tells who is calling. */
export class AuthenticationService {
  // Reads, not their results, are remembered: calls that come together share one, and one that is still under way when its
  // session ends cannot come back after `forget`.
  private readonly reads = new LRUCache<string, Read>({ max: MAX_REMEMBERED })

  constructor(
    private readonly accessTokens: AccessTokens,
    private readonly factoryKeys: FactoryKeyProof,
    private readonly sessionViewers: SessionViewerQuery,
    private readonly clock: Clock,
  ) {}

  /**
   * The viewer behind an Authorization header; a visitor without one. Role and standing are those of the database, up to two
   * seconds old.
   * @throws UNAUTHENTICATED for a malformed, forged or expired token, an ended session, a revoked key and a blocked account
   */
  async authenticate(authorization: string | undefined): Promise<Authenticated> {
    const header = authorization?.trim()
    if (!header) return { viewer: visitor, expiresAt: null }
    const token = BEARER.exec(header)?.[1]
    if (!token) throw invalidAccessToken()
    const proof = isFactoryKeyToken(token) ? this.factoryKeys : this.accessTokens
    const { sessionId, userId, expiresAt } = await proof.verify(token)
    const viewer = await this.viewerOf(sessionId)
    if (viewer?.userId !== userId) throw endedSession()
    if (viewer.isMachine) this.factoryKeys.noteUse(sessionId)
    return { viewer, expiresAt }
  }

  /** Drops what is remembered of a session or key, so that its end holds at once in this process. */
  forget(sessionId: string): void {
    this.reads.delete(sessionId)
  }

  private viewerOf(sessionId: string): Promise<SignedInViewer | null> {
    const now = this.clock.now().getTime()
    const known = this.reads.get(sessionId)
    // Also anew when the clock went back.
    if (known && Math.abs(now - known.startedAt) < FRESH_MS) return known.viewer
    const read: Read = { startedAt: now, viewer: this.sessionViewers.bySession(sessionId) }
    this.reads.set(sessionId, read)
    read.viewer.catch(() => {
      if (this.reads.peek(sessionId) === read) this.reads.delete(sessionId)
    })
    return read.viewer
  }
}
