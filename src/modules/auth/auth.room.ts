import type { Viewer } from '../../kernel/viewer.js'
import type { Platform } from '../../platform/platform.js'
import type { Room } from '../../platform/room.js'
import { AccountQuery } from './accounts/account.query.js'
import { AuthResolver } from './auth.resolver.js'
import { PasswordHasher } from './passwords/password-hasher.js'
import { AuthenticationService } from './sessions/authentication.service.js'
import { LogoutService } from './sessions/logout.service.js'
import { pruneSessions } from './sessions/session-pruning.job.js'
import { SessionRefreshService } from './sessions/session-refresh.service.js'
import { SessionViewerQuery } from './sessions/session-viewer.query.js'
import { SessionWatch } from './sessions/session-watch.js'
import { LoginService } from './sign-in/login.service.js'
import { RegistrationService } from './sign-in/registration.service.js'
import { sendWelcomeLetter, WELCOME_LETTER } from './sign-in/welcome-letter.job.js'
import { AccessTokens } from './tokens/access-tokens.js'
import { jwksRoute } from './tokens/jwks.route.js'
import { SigningKeys } from './tokens/signing-keys.js'
import { TokenPairs } from './tokens/token-pairs.js'

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
