import type { Clock } from '../../../kernel/clock.js'
import type { Database } from '../../../platform/database/database.js'
import { inTransaction, type Transaction } from '../../../platform/database/transaction.js'
import type { EventStreams } from '../../../platform/events/event-streams.js'
import type { Logger } from '../../../platform/observability/logger.js'
import { secretHash } from '../../../platform/secrets/one-time-secret.js'
import { invalidRefreshToken } from '../auth.errors.js'
import type { SignedIn, TokenPairs } from '../tokens/token-pairs.js'
import type { AuthenticationService } from './authentication.service.js'
import { endSession } from './session-end.js'
import { type Client, continueSession, type OpenSession } from './session-opening.js'

type Rotation =
  | { readonly kind: 'continued'; readonly session: OpenSession }
  | { readonly kind: 'reused'; readonly sessionId: string }
  | { readonly kind: 'dead' }

export class SessionRefreshService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly tokens: TokenPairs,
    private readonly authentication: AuthenticationService,
    private readonly streams: EventStreams,
    private readonly log: Logger,
  ) {}

  /**
   * Trades a refresh token for a new pair. A token that comes a second time was copied, and nobody can tell which of the two
   * is its owner, so the whole session ends.
   * @throws UNAUTHENTICATED
   */
  async refresh(refreshToken: string, client: Client): Promise<SignedIn> {
    const rotation = await inTransaction(this.database, (tx) => this.rotate(tx, refreshToken, client))
    if (rotation.kind === 'continued') return this.tokens.forSession(rotation.session)
    if (rotation.kind === 'reused') {
      this.authentication.forget(rotation.sessionId)
      this.log.warn({ sessionId: rotation.sessionId }, 'a used refresh token came again; its session has ended')
    }
    throw invalidRefreshToken()
  }

  // Nothing here throws for what is wrong with the token: that would roll the end of the session back.
  private async rotate(tx: Transaction, refreshToken: string, client: Client): Promise<Rotation> {
    const now = this.clock.now()
    const tokenHash = secretHash(refreshToken)
    // One statement both asks and takes: of parallel uses the row's lock lets one through, and the others find it used.
    const { count: taken } = await tx.prisma.refreshToken.updateMany({
      where: { tokenHash, usedAt: null },
      data: { usedAt: now },
    })
    const token = await tx.prisma.refreshToken.findUnique({
      where: { tokenHash },
      include: { session: { include: { user: true } } },
    })
    if (!token) return { kind: 'dead' }
    const { session, sessionId } = token
    if (taken === 0) {
      await endSession(tx, this.streams, sessionId, now)
      return { kind: 'reused', sessionId }
    }
    if (token.expiresAt <= now || session.endedAt || session.user.blockedAt) return { kind: 'dead' }
    return { kind: 'continued', session: await continueSession(tx, sessionId, client, now) }
  }
}
