import type { User } from '../../../generated/prisma/client.js'
import type { Clock } from '../../../kernel/clock.js'
import type { Database } from '../../../platform/database/database.js'
import { inTransaction, type Transaction } from '../../../platform/database/transaction.js'
import { blockedAccount } from '../auth.errors.js'
import { challengeSignIn } from '../second-factor/sign-in-challenge.js'
import { type Client, openSession } from '../sessions/session-opening.js'
import type { SignedIn, TokenPairs } from '../tokens/token-pairs.js'

/** What proving oneself leads to: a session, or the question for the second factor. */
export type SignInOutcome = SignedIn | { readonly challenge: string }

type Account = Pick<User, 'id' | 'blockedAt'>

/** Where every way of proving who one is ends. */
export class SignInService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly tokens: TokenPairs,
  ) {}

  /**
   * Lets an account in that has proven itself by its first factor.
   * @throws FORBIDDEN for a blocked account
   */
  async signIn(account: Account, client: Client): Promise<SignInOutcome> {
    return this.signInWithin(async () => account, client)
  }

  /** The same, where the account is found or made in the transaction that lets it in. */
  async signInWithin(prove: (tx: Transaction) => Promise<Account>, client: Client): Promise<SignInOutcome> {
    const now = this.clock.now()
    const outcome = await inTransaction(this.database, async (tx) => {
      const { id, blockedAt } = await prove(tx)
      if (blockedAt) throw blockedAccount()
      const challenge = await challengeSignIn(tx, id, now)
      return challenge === null ? openSession(tx, id, client, now) : { challenge }
    })
    return 'challenge' in outcome ? outcome : this.tokens.forSession(outcome)
  }
}
