import type { Prisma } from '../../../generated/prisma/client.js'
import type { Clock } from '../../../kernel/clock.js'
import { newId } from '../../../kernel/ids.js'
import type { Database } from '../../../platform/database/database.js'
import { inTransaction, type Transaction } from '../../../platform/database/transaction.js'
import type { Logger } from '../../../platform/observability/logger.js'
import { secretHash } from '../../../platform/secrets/one-time-secret.js'
import { invalidRefreshToken } from '../auth.errors.js'
import type { TokenIdentity } from '../tokens/access-tokens.js'
import type { SignedIn, TokenPairs } from '../tokens/token-pairs.js'
import type { AccountSessions } from './account-sessions.js'
import { successorOf } from './refresh-successor.js'
import { type Client, continueSession, isClientOf, type OpenSession } from './session-opening.js'

/** How long a client may still be waiting for the answer to the first use of a token. */
const GRACE_MS = 10_000
const FORM = /^[\w-]{43}$/

type Rotation =
  | { readonly kind: 'continued'; readonly session: OpenSession; readonly identity: TokenIdentity }
  | { readonly kind: 'reused'; readonly sessionId: string }
  | { readonly kind: 'dead' }

const withSession = { session: { include: { user: { select: { blockedAt: true } } } } } as const
type StoredToken = Prisma.RefreshTokenGetPayload<{ include: typeof withSession }>

interface SessionRefreshDependencies {
  readonly database: Database
  readonly clock: Clock
  readonly tokens: TokenPairs
  readonly sessions: AccountSessions
  readonly log: Logger
  /** Of the refresh token that follows another. */
  readonly key: Uint8Array
}

export class SessionRefreshService {
  constructor(private readonly deps: SessionRefreshDependencies) {}

  /**
   * Trades a refresh token for a new pair. A used one that comes again was copied, and nobody can tell which of the two is its
   * owner, so the whole session ends. Only to the client that used it, which may have sent it twice at once or lost the answer,
   * it gives the same pair again: within 10 seconds, and while that pair's refresh token is unused.
   * @throws UNAUTHENTICATED
   */
  async refresh(refreshToken: string, client: Client): Promise<SignedIn> {
    if (!FORM.test(refreshToken)) throw invalidRefreshToken()
    const { database, tokens, log } = this.deps
    const rotation = await inTransaction(database, (tx) => this.rotate(tx, refreshToken, client))
    if (rotation.kind === 'continued') return tokens.forSession(rotation.session, rotation.identity)
    if (rotation.kind === 'reused')
      log.warn({ sessionId: rotation.sessionId }, 'a used refresh token came again; its session has ended')
    throw invalidRefreshToken()
  }

  // Nothing here throws for what is wrong with the token: that would roll the end of the session back.
  private async rotate(tx: Transaction, refreshToken: string, client: Client): Promise<Rotation> {
    const now = this.deps.clock.now()
    const tokenHash = secretHash(refreshToken)
    const identity = { tokenId: newId(), issuedAt: now }
    // One statement both asks and takes: of parallel uses the row's lock lets one through, and the others find it used.
    const { count: taken } = await tx.prisma.refreshToken.updateMany({
      where: { tokenHash, usedAt: null },
      data: { usedAt: now, nextTokenId: identity.tokenId },
    })
    const token = await tx.prisma.refreshToken.findUnique({ where: { tokenHash }, include: withSession })
    if (!token || token.session.endedAt || token.session.user.blockedAt) return { kind: 'dead' }
    if (taken === 0) return this.useAgain(tx, token, refreshToken, client, now)
    if (token.expiresAt <= now) return { kind: 'dead' }
    const session = this.successor(token, refreshToken, identity)
    await continueSession(tx, session, client, now)
    return { kind: 'continued', session, identity }
  }

  private async useAgain(
    tx: Transaction,
    token: StoredToken,
    refreshToken: string,
    client: Client,
    now: Date,
  ): Promise<Rotation> {
    const { sessionId, usedAt, nextTokenId } = token
    // The clocks of replicas differ a little, either way.
    const isSoon = usedAt !== null && Math.abs(now.getTime() - usedAt.getTime()) <= GRACE_MS
    if (isSoon && nextTokenId && isClientOf(token.session, client)) {
      const identity = { tokenId: nextTokenId, issuedAt: usedAt }
      const session = this.successor(token, refreshToken, identity)
      const isUnused = await tx.prisma.refreshToken.count({
        where: { tokenHash: secretHash(session.refreshToken), usedAt: null },
      })
      if (isUnused) return { kind: 'continued', session, identity }
    }
    await this.deps.sessions.end(tx, sessionId, now)
    return { kind: 'reused', sessionId }
  }

  private successor({ sessionId }: StoredToken, refreshToken: string, { tokenId }: TokenIdentity): OpenSession {
    return { sessionId, refreshToken: successorOf(refreshToken, tokenId, this.deps.key) }
  }
}
