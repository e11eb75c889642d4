import type { Credential } from '../../../generated/prisma/client.js'
import type { Clock } from '../../../kernel/clock.js'
import type { Database } from '../../../platform/database/database.js'
import { wrongCredentials } from '../auth.errors.js'
import type { AuthLimits } from '../auth-limits.js'
import type { PasswordHasher } from '../passwords/password-hasher.js'
import { holdPassword } from '../passwords/password-hold.js'
import type { Client } from '../sessions/session-opening.js'
import type { SignInOutcome, SignInService } from './sign-in.service.js'

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
    private readonly signIns: SignInService,
    private readonly limits: AuthLimits,
  ) {}

  /**
   * Starts a session with an address and its password.
   * @throws UNAUTHENTICATED, after the same work, for an unknown address and a wrong password; FORBIDDEN for a blocked account; RATE_LIMITED
   */
  async login({ email, password }: Login, client: Client): Promise<SignInOutcome> {
    await this.limits.login.take(client.ip, email)
    const account = await this.database.prisma.user.findUnique({ where: { email }, include: { credential: true } })
    const matches = await this.passwords.matches(password, account?.credential)
    if (!account?.credential || !matches) throw wrongCredentials()
    const credential = await this.renewed(account.credential, password)
    return this.signIns.signInWithin(async (tx) => {
      if (!(await holdPassword(tx, this.passwords, credential, password))) throw wrongCredentials()
      return account
    }, client)
  }

  private async renewed(credential: Credential, password: string): Promise<Credential> {
    if (!this.passwords.isOutdated(credential)) return credential
    const { userId, passwordHash } = credential
    const record = await this.passwords.hash(password)
    // Only over the hash that was checked: the password may have been changed meanwhile.
    const { count } = await this.database.prisma.credential.updateMany({
      where: { userId, passwordHash },
      data: { ...record, updatedAt: this.clock.now() },
    })
    return count === 1 ? { ...credential, ...record } : credential
  }
}
