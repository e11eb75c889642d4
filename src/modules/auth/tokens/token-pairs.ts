import type { SignedInViewer } from '../../../kernel/viewer.js'
import type { OpenSession } from '../sessions/session-opening.js'
import type { AccessTokens, IssuedAccessToken } from './access-tokens.js'

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
  constructor(private readonly accessTokens: AccessTokens) {}

  async forSession({ viewer, refreshToken }: OpenSession): Promise<SignedIn> {
    return { viewer, token: { ...(await this.accessTokens.issue(viewer)), refreshToken } }
  }
}
