import type { Clock } from '../../../kernel/clock.js'
import type { Database } from '../../../platform/database/database.js'
import { inTransaction, type Transaction } from '../../../platform/database/transaction.js'
import { secretHash } from '../../../platform/secrets/one-time-secret.js'
import { blockedAccount, wrongSecondFactor } from '../auth.errors.js'
import type { AuthLimits } from '../auth-limits.js'
import { countedGuess } from '../counted-guess.js'
import { type Client, type OpenSession, openSession } from '../sessions/session-opening.js'
import type { SignedIn, TokenPairs } from '../tokens/token-pairs.js'
import type { SecondFactorCodes } from './second-factor-codes.js'
import { countTry } from './sign-in-challenge.js'

export class SecondFactorLoginService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly codes: SecondFactorCodes,
    private readonly tokens: TokenPairs,
    private readonly limits: AuthLimits,
  ) {}

  /**
   * Completes the sign-in that the challenge stands for.
   * @throws UNAUTHENTICATED alike for a wrong or used code and a challenge that is unknown, expired, completed or was tried five times;
   * FORBIDDEN for a blocked account; RATE_LIMITED
   */
  async complete(challenge: string, code: string, client: Client): Promise<SignedIn> {
    const now = this.clock.now()
    const tokenHash = secretHash(challenge)
    const userId = await countTry(this.database, tokenHash, now)
    if (userId === null) throw wrongSecondFactor()
    const session = await countedGuess(this.limits.secondFactor, client.ip, userId, () =>
      inTransaction(this.database, async (tx) => {
        if (!(await this.codes.take(tx, userId, code, now))) return null
        return this.letIn(tx, tokenHash, userId, client, now)
      }),
    )
    if (!session) throw wrongSecondFactor()
    return this.tokens.forSession(session)
  }

  // What throws here gives the code back.
  private async letIn(
    tx: Transaction,
    tokenHash: Uint8Array<ArrayBuffer>,
    userId: string,
    client: Client,
    now: Date,
  ): Promise<OpenSession> {
    const { count } = await tx.prisma.signInChallenge.deleteMany({ where: { tokenHash } })
    if (count === 0) throw wrongSecondFactor()
    const { blockedAt } = await tx.prisma.user.findUniqueOrThrow({ where: { id: userId } })
    if (blockedAt) throw blockedAccount()
    return openSession(tx, userId, client, now)
  }
}
