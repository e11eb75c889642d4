import type { Viewer } from '../../kernel/viewer.js'
import type { Platform } from '../../platform/platform.js'
import type { Room } from '../../platform/room.js'
import { AccessTokens } from './access-tokens.js'
import { AccountQuery } from './account.query.js'
import { AuthResolver } from './auth.resolver.js'
import { AuthenticationService } from './authentication.service.js'
import { jwksRoute } from './jwks.route.js'
import { LoginService } from './login.service.js'
import { LogoutService } from './logout.service.js'
import { PasswordHasher } from './password-hasher.js'
import { RegistrationService } from './registration.service.js'
import { pruneSessions } from './session-pruning.job.js'
import { SessionRefreshService } from './session-refresh.service.js'
import { SessionViewerQuery } from './session-viewer.query.js'
import { SessionWatch } from './session-watch.js'
import { SigningKeys } from './signing-keys.js'
import { TokenPairs } from './token-pairs.js'
import { sendWelcomeLetter, WELCOME_LETTER } from './welcome-letter.job.js'

export interface AuthRoom extends Room {
  /**
   * The viewer behind an Authorization header ("Bearer …"); a visitor without one.
   * @throws UNAUTHENTICATED for any other token than a valid one of a living session
   */
  authenticate(authorization: string | undefined): Promise<Viewer>
  /** Calls `onEnd` once the session has ended, wherever that happened. @returns what stops watching */
  watchSession(sessionId: string, onEnd: () => void): Promise<() => void>
}

/** How people prove who they are: accounts, sessions and their tokens. */
export function createAuthRoom({ database, secrets, streams, clock, log, mailer }: Platform): AuthRoom {
  const keys = new SigningKeys([secrets.jwtPrivateKey])
  const accessTokens = new AccessTokens(keys, clock)
  const sessionViewers = new SessionViewerQuery(database)
  const authentication = new AuthenticationService(accessTokens, sessionViewers, clock)
  const sessions = new SessionWatch(streams, sessionViewers)
  const tokens = new TokenPairs(accessTokens)
  const passwords = new PasswordHasher(secrets.passwordPeppers)
  const resolver = new AuthResolver({
    registration: new RegistrationService(database, clock, passwords, tokens, mailer !== null),
    login: new LoginService(database, clock, passwords, tokens),
    refresh: new SessionRefreshService(database, clock, tokens, authentication, streams, log),
    logout: new LogoutService(database, clock, authentication, streams),
    accounts: new AccountQuery(database),
  })
  return {
    resolvers: [resolver],
    routes: jwksRoute(keys),
    jobs: {
      'prune-sessions': pruneSessions(database, streams, clock),
      ...(mailer && { [WELCOME_LETTER]: sendWelcomeLetter(database, mailer) }),
    },
    crontab: ['23 3 * * * prune-sessions ?max=1'],
    authenticate: (authorization) => authentication.authenticate(authorization),
    watchSession: (sessionId, onEnd) => sessions.watch(sessionId, onEnd),
  }
}
