import type { Clock } from '../../../kernel/clock.js'
import type { Transaction } from '../../../platform/database/transaction.js'
import { voidEmailTokens } from '../letters/email-token.js'
import type { AccountSessions } from '../sessions/account-sessions.js'
import type { PasswordRecord } from './password-hasher.js'

export class PasswordSettingService {
  constructor(
    private readonly clock: Clock,
    private readonly sessions: AccountSessions,
  ) {}

  /**
   * Gives an account, which the caller has locked, another password. Everything that somebody who knew the old one may have begun
   * ends with it: sessions, sign-ins that wait for their second factor, visits to a provider, a change of address, letters.
   */
  async set(tx: Transaction, userId: string, record: PasswordRecord): Promise<void> {
    const now = this.clock.now()
    const { prisma } = tx
    await prisma.credential.upsert({
      where: { userId },
      create: { userId, ...record, updatedAt: now },
      update: { ...record, updatedAt: now },
    })
    const { email } = await prisma.user.update({ where: { id: userId }, data: { pendingEmail: null } })
    const toOthers = { email: { not: email ?? '' } }
    await voidEmailTokens(tx, { userId, OR: [{ purpose: 'RESET_PASSWORD' }, toOthers] }, now)
    // Before the sessions: one that a sign-in opens until then is seen and ended.
    await prisma.signInChallenge.deleteMany({ where: { userId } })
    await prisma.providerLogin.deleteMany({ where: { userId } })
    await this.sessions.endAll(tx, userId, now)
  }
}
