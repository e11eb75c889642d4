import type { SignedInViewer } from '../../../kernel/viewer.js'
import { endedSession } from '../auth.errors.js'
import type { OpenSession } from '../sessions/session-opening.js'
import type { SessionViewerQuery } from '../sessions/session-viewer.query.js'
import type { AccessTokens, IssuedAccessToken, TokenIdentity } from './access-tokens.js'

export interface TokenPair extends IssuedAccessToken {
  readonly refreshToken: string
}

/** What every way of signing in ends with. */
export interface SignedIn {
  readonly viewer: SignedInViewer
  readonly token: TokenPair
}

/** Hands out the tokens of a session. Signing takes a moment, so it comes after the session's transaction. */
export class TokenPairs {
  constructor(
    private readonly accessTokens: AccessTokens,
    private readonly sessionViewers: SessionViewerQuery,
  ) {}

  /**
   * @param identity of the access token; a new one when absent
   * @throws UNAUTHENTICATED when the session has ended in between
   */
  async forSession({ sessionId, refreshToken }: OpenSession, identity?: TokenIdentity): Promise<SignedIn> {
    const viewer = await this.sessionViewers.bySession(sessionId)
    if (!viewer) throw endedSession()
    return { viewer, token: { ...(await this.accessTokens.issue(viewer, identity)), refreshToken } }
  }
}
