import type { Role } from '../../../generated/prisma/enums.js'
import { inputError, unauthenticated } from '../../../kernel/domain-error.js'
import type { Viewer } from '../../../kernel/viewer.js'
import type { Database } from '../../../platform/database/database.js'
import { inTransaction, type Transaction } from '../../../platform/database/transaction.js'
import { lockStandings, requireAnotherAdmin } from '../accounts/last-admin.js'
import { endedSession } from '../auth.errors.js'
import type { AuthLimits } from '../auth-limits.js'
import { tellOwner } from '../letters/tell-owner.js'
import type { PasswordHasher } from '../passwords/password-hasher.js'
import type { AccountRemoval } from './account-removal.js'

const wrongPassword = (message: string) => inputError([{ path: 'password', message }])

export class AccountDeletionService {
  constructor(
    private readonly database: Database,
    private readonly passwords: PasswordHasher,
    private readonly limits: AuthLimits,
    private readonly removal: AccountRemoval,
  ) {}

  /**
   * Removes the viewer's account: what is theirs alone goes, what others or the law need stays under no name. Of parallel calls one does
   * it, and to the others it is done.
   * @throws BAD_USER_INPUT for `password`; CONFLICT while something is under way that needs the account; RATE_LIMITED, counted with tries to sign in
   */
  async delete(viewer: Viewer, password: string | null): Promise<void> {
    if (viewer.kind === 'visitor') throw unauthenticated()
    const { userId, sessionId } = viewer
    await this.requirePassword(userId, password)
    await inTransaction(this.database, async (tx) => {
      // Who is made an ADMIN in between was made one by another.
      if (await isAdmin(tx, userId)) await lockStandings(tx)
      const role = await lockWhole(tx, userId)
      if (role === null) return
      // Blocked, or with another password since: whoever began this may not be the owner.
      if ((await tx.prisma.session.count({ where: { id: sessionId, endedAt: null } })) === 0) throw endedSession()
      if (role === 'ADMIN') await requireAnotherAdmin(tx, userId)
      await tellOwner(tx, userId, 'account-deleted')
      await this.removal.remove(tx, userId)
    })
  }

  private async requirePassword(userId: string, password: string | null): Promise<void> {
    const account = await this.database.prisma.user.findUnique({ where: { id: userId }, include: { credential: true } })
    if (!account?.credential) return
    // The account's own tries to sign in: whoever took over a session guesses no faster than whoever has none.
    await this.limits.login.take(null, account.email ?? userId)
    if (!password) throw wrongPassword('is needed: this account has one')
    if (!(await this.passwords.matches(password, account.credential)))
      throw wrongPassword('is not the password of this account')
  }
}

const isAdmin = async ({ prisma }: Transaction, id: string): Promise<boolean> =>
  (await prisma.user.count({ where: { id, role: 'ADMIN' } })) > 0

/**
 * Holds an account so that nothing is added to it: whoever is about to write a row that refers to it waits, and what was being written
 * is seen.
 * @returns its role; null when it is gone
 */
async function lockWhole({ prisma }: Transaction, userId: string): Promise<Role | null> {
  const [account] = await prisma.$queryRaw<{ role: Role }[]>`
    select role::text from users where id = ${userId}::uuid and deleted_at is null for update`
  return account?.role ?? null
}
