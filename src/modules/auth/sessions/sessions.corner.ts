import type { Platform } from '../../../platform/platform.js'
import type { Room } from '../../../platform/room.js'
import type { AnswerSignIn } from '../sign-in/auth-answer.js'
import type { TokenPairs } from '../tokens/token-pairs.js'
import type { AccountSessions } from './account-sessions.js'
import { LogoutService } from './logout.service.js'
import { SessionResolver } from './session.resolver.js'
import { SessionListQuery } from './session-list.query.js'
import { SessionListResolver } from './session-list.resolver.js'
import { pruneSessions } from './session-pruning.job.js'
import { SessionRefreshService } from './session-refresh.service.js'
import { SessionRevocationService } from './session-revocation.service.js'

interface SessionsSurroundings {
  readonly sessions: AccountSessions
  readonly tokens: TokenPairs
  readonly answer: AnswerSignIn
}

/** How a session goes on, who sees it, and how it ends. */
export function createSessionsCorner(
  { database, streams, clock, log, secrets }: Platform,
  { sessions, tokens, answer }: SessionsSurroundings,
) {
  const refreshes = new SessionRefreshService({ database, clock, tokens, sessions, log, key: secrets.refreshKey })
  const logouts = new LogoutService(database, clock, sessions)
  const list = new SessionListQuery(database, clock)
  const revocations = new SessionRevocationService(database, clock, sessions)
  return {
    resolvers: [new SessionResolver(refreshes, logouts, answer), new SessionListResolver(list, revocations)],
    jobs: { 'prune-sessions': pruneSessions(database, streams, clock) },
    crontab: ['23 3 * * * prune-sessions ?max=1'],
  } satisfies Room
}
