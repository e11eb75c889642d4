import type { Authenticated } from '../../kernel/viewer.js'
import type { WatchSession } from '../../platform/graphql/socket-sessions.js'
import type { Platform } from '../../platform/platform.js'
import type { Room } from '../../platform/room.js'
import type { AssetStore } from '../assets/index.js'
import { AccountQuery } from './accounts/account.query.js'
import { AccountResolver } from './accounts/account.resolver.js'
import { AccountStandingResolver } from './accounts/account-standing.resolver.js'
import { AccountStandingService } from './accounts/account-standing.service.js'
import { createProfileCorner } from './accounts/profile.corner.js'
import { authLimits } from './auth-limits.js'
import { createEmailsCorner } from './emails/emails.corner.js'
import { FactoryKeyProof } from './factory-keys/factory-key-proof.js'
import { createFactoryKeysCorner } from './factory-keys/factory-keys.corner.js'
import type { GuestUpgraded } from './guests/guest-upgrade.service.js'
import { createGuestsCorner } from './guests/guests.corner.js'
import { AccountRemoval, type Forget } from './leaving/account-removal.js'
import { createLeavingCorner } from './leaving/leaving.corner.js'
import { createLettersCorner } from './letters/letters.corner.js'
import { PasswordHasher } from './passwords/password-hasher.js'
import { createPasswordsCorner } from './passwords/passwords.corner.js'
import { createPhoneCorner } from './phone/phone.corner.js'
import { createProvidersCorner } from './providers/providers.corner.js'
import { createSecondFactorCorner } from './second-factor/second-factor.corner.js'
import { AccountSessions } from './sessions/account-sessions.js'
import { AuthenticationService } from './sessions/authentication.service.js'
import { SessionViewerQuery } from './sessions/session-viewer.query.js'
import { SessionWatch } from './sessions/session-watch.js'
import { createSessionsCorner } from './sessions/sessions.corner.js'
import { AccountOpening } from './sign-in/account-opening.service.js'
import { answerSignIn } from './sign-in/auth-answer.js'
import { LoginService } from './sign-in/login.service.js'
import { RegistrationService } from './sign-in/registration.service.js'
import { SignInResolver } from './sign-in/sign-in.resolver.js'
import { SignInService } from './sign-in/sign-in.service.js'
import { AccessTokens } from './tokens/access-tokens.js'
import { jwksRoute } from './tokens/jwks.route.js'
import { KeyRing } from './tokens/key-ring.js'
import { TokenPairs } from './tokens/token-pairs.js'

export interface AuthRoom extends Room {
  /**
   * The viewer behind an Authorization header ("Bearer …"), and until when; a visitor without one.
   * @throws UNAUTHENTICATED for any other token than a valid one of a living session
   */
  authenticate(authorization: string | undefined): Promise<Authenticated>
  readonly watchSession: WatchSession
}

/** Files of people, and what the rooms above do about them in the transaction that calls it. */
export interface AuthNeighbours {
  readonly assets: AssetStore
  readonly guestUpgraded: GuestUpgraded
  /** Asks every room, this one among them, in the reverse of their order. */
  readonly forget: Forget
}

/** How people prove who they are: accounts, sessions and their tokens. */
export function createAuthRoom(platform: Platform, { assets, guestUpgraded, forget }: AuthNeighbours): AuthRoom {
  const { config, database, secrets, streams, clock, mailer, log } = platform
  const limits = authLimits(platform.limits)
  const keys = new KeyRing(secrets, clock, log)
  const accessTokens = new AccessTokens(keys, clock)
  const sessionViewers = new SessionViewerQuery(database, config.staffNeedSecondFactor)
  const factoryKeyProof = new FactoryKeyProof(database, clock, log)
  const authentication = new AuthenticationService(accessTokens, factoryKeyProof, sessionViewers, clock)
  const sessions = new SessionWatch(streams, sessionViewers)
  const tokens = new TokenPairs(accessTokens, sessionViewers)
  const passwords = new PasswordHasher(secrets.passwordPeppers, log)
  const accounts = new AccountQuery(database)
  const answer = answerSignIn(accounts)
  const signIns = new SignInService(database, clock, tokens)
  const accountSessions = new AccountSessions(streams, authentication)
  const opening = new AccountOpening(database, clock, passwords, tokens, limits, mailer !== null)
  const registration = new RegistrationService(opening)
  const logins = new LoginService(database, clock, passwords, signIns, limits)
  const removal = new AccountRemoval(platform, forget)
  const leaving = createLeavingCorner(platform, { removal, passwords, sessions: accountSessions, limits })
  const corners: readonly Room[] = [
    leaving,
    createSessionsCorner(platform, { sessions: accountSessions, tokens, answer }),
    createGuestsCorner(platform, {
      opening,
      sessions: accountSessions,
      signIns,
      answer,
      limits,
      guestUpgraded,
      removal,
    }),
    createSecondFactorCorner(platform, { accounts, sessions: accountSessions, tokens, answer, limits }),
    createFactoryKeysCorner(platform, { authentication }),
    createPhoneCorner(platform, { signIns, answer, limits }),
    createProvidersCorner(platform, { signIns, answer, limits }),
    createLettersCorner(platform),
    createEmailsCorner(platform, { accounts, limits }),
    createPasswordsCorner(platform, { passwords, sessions: accountSessions, limits }),
    createProfileCorner(platform, { accounts, assets, limits }),
  ]
  return {
    resolvers: [
      new AccountResolver(accounts),
      new AccountStandingResolver(new AccountStandingService(database, clock, accountSessions), accounts),
      new SignInResolver(registration, logins, answer),
      ...corners.flatMap(({ resolvers }) => resolvers),
    ],
    routes: (app) => {
      jwksRoute(keys)(app)
      for (const corner of corners) corner.routes?.(app)
    },
    jobs: Object.assign({}, ...corners.map(({ jobs }) => jobs)),
    crontab: corners.flatMap(({ crontab }) => crontab ?? []),
    forget: leaving.forget,
    authenticate: (authorization) => authentication.authenticate(authorization),
    watchSession: (viewer, onOver) =>
      sessions.watch(viewer, (how) => {
        // Who connects again is not to meet what was remembered here.
        authentication.forget(viewer.sessionId)
        onOver(how)
      }),
  }
}
