import type { Credential } from '../../../generated/prisma/client.js'
import type { Clock } from '../../../kernel/clock.js'
import type { Database } from '../../../platform/database/database.js'
import { inTransaction } from '../../../platform/database/transaction.js'
import { blockedAccount, wrongCredentials } from '../auth.errors.js'
import type { PasswordHasher } from '../passwords/password-hasher.js'
import { type Client, openSession } from '../sessions/session-opening.js'
import type { SignedIn, TokenPairs } from '../tokens/token-pairs.js'

export interface Login {
  /** Normalised. */
  readonly email: string
  readonly password: string
}

export class LoginService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly passwords: PasswordHasher,
    private readonly tokens: TokenPairs,
  ) {}

  /**
   * Starts a session with an address and its password.
   * @throws UNAUTHENTICATED, after the same work, for an unknown address and a wrong password; FORBIDDEN for a blocked account
   */
  async login({ email, password }: Login, client: Client): Promise<SignedIn> {
    const account = await this.database.prisma.user.findUnique({ where: { email }, include: { credential: true } })
    const matches = await this.passwords.matches(password, account?.credential)
    if (!account?.credential || !matches) throw wrongCredentials()
    if (account.blockedAt) throw blockedAccount()
    if (this.passwords.isOutdated(account.credential)) await this.renew(account.credential, password)
    const session = await inTransaction(this.database, (tx) => openSession(tx, account, client, this.clock.now()))
    return this.tokens.forSession(session)
  }

  private async renew({ userId, passwordHash }: Credential, password: string): Promise<void> {
    const renewed = await this.passwords.hash(password)
    // Only over the hash that was checked: the password may have been changed meanwhile.
    await this.database.prisma.credential.updateMany({
      where: { userId, passwordHash },
      data: { ...renewed, updatedAt: this.clock.now() },
    })
  }
}
