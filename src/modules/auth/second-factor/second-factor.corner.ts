import type { Platform } from '../../../platform/platform.js'
import type { Room } from '../../../platform/room.js'
import type { AccountQuery } from '../accounts/account.query.js'
import type { AuthLimits } from '../auth-limits.js'
import type { AccountSessions } from '../sessions/account-sessions.js'
import type { AnswerSignIn } from '../sign-in/auth-answer.js'
import type { TokenPairs } from '../tokens/token-pairs.js'
import { pruneChallenges } from './challenge-pruning.job.js'
import { RecoveryCodes } from './recovery-codes.js'
import { SecondFactorResolver } from './second-factor.resolver.js'
import { SecondFactorService } from './second-factor.service.js'
import { addSecondFactorToUsers } from './second-factor.shape.js'
import { SecondFactorCodes } from './second-factor-codes.js'
import { SecondFactorLoginResolver } from './second-factor-login.resolver.js'
import { SecondFactorLoginService } from './second-factor-login.service.js'
import { UserSecondFactorResolver } from './user-second-factor.resolver.js'

addSecondFactorToUsers()

interface SecondFactorSurroundings {
  readonly accounts: AccountQuery
  readonly sessions: AccountSessions
  readonly tokens: TokenPairs
  readonly answer: AnswerSignIn
  readonly limits: AuthLimits
}

/** What an account asks for besides its first proof: codes of an authenticator app, and recovery codes. */
export function createSecondFactorCorner(
  { database, clock, sealedBox, secrets }: Platform,
  { accounts, sessions, tokens, answer, limits }: SecondFactorSurroundings,
) {
  const recoveryCodes = new RecoveryCodes(secrets.shortCodeKey)
  const codes = new SecondFactorCodes(sealedBox, recoveryCodes)
  const factors = new SecondFactorService({
    database,
    clock,
    sealedBox,
    codes,
    recoveryCodes,
    sessions,
    limits,
  })
  const logins = new SecondFactorLoginService(database, clock, codes, tokens, limits)
  return {
    resolvers: [
      new SecondFactorResolver(factors, accounts),
      new SecondFactorLoginResolver(logins, answer),
      new UserSecondFactorResolver(),
    ],
    jobs: { 'prune-sign-in-challenges': pruneChallenges(database, clock) },
    crontab: ['33 3 * * * prune-sign-in-challenges ?max=1'],
  } satisfies Room
}
