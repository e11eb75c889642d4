import { forbidden, inputError, unauthenticated } from '../../../kernel/domain-error.js'
import type { Viewer } from '../../../kernel/viewer.js'
import type { Database } from '../../../platform/database/database.js'
import { inTransaction } from '../../../platform/database/transaction.js'
import { lockAccount } from '../accounts/account-lock.js'
import { endedSession } from '../auth.errors.js'
import type { AuthLimits } from '../auth-limits.js'
import { tellOwner } from '../letters/tell-owner.js'
import type { PasswordHasher } from './password-hasher.js'
import { holdPassword } from './password-hold.js'
import type { PasswordSettingService } from './password-setting.service.js'

export interface PasswordChange {
  readonly current: string
  /** Already known to be a good one. */
  readonly password: string
}

const wrongCurrent = (message = 'is not the password of this account') => inputError([{ path: 'current', message }])

export class PasswordChangeService {
  constructor(
    private readonly database: Database,
    private readonly passwords: PasswordHasher,
    private readonly limits: AuthLimits,
    private readonly setting: PasswordSettingService,
  ) {}

  /**
   * Changes the viewer's password and ends all their sessions, this one too.
   * @throws FORBIDDEN for guests; BAD_USER_INPUT for `current`; RATE_LIMITED, counted with tries to sign in
   */
  async change(viewer: Viewer, { current, password }: PasswordChange): Promise<void> {
    if (viewer.kind === 'visitor') throw unauthenticated()
    if (viewer.isGuest) throw forbidden('A guest has no password. upgradeGuest gives one.')
    const { userId } = viewer
    const { email, credential } = await this.database.prisma.user.findUniqueOrThrow({
      where: { id: userId },
      include: { credential: true },
    })
    // The account's own tries to sign in: whoever took over a session guesses no faster than whoever has none.
    await this.limits.login.take(null, email ?? userId)
    if (!credential)
      throw wrongCurrent('this account has no password yet: requestPasswordReset and resetPassword give it one')
    if (!(await this.passwords.matches(current, credential))) throw wrongCurrent()
    const record = await this.passwords.hash(password)
    await inTransaction(this.database, async (tx) => {
      if (!(await lockAccount(tx, userId))) throw endedSession()
      if (!(await holdPassword(tx, this.passwords, credential, current))) throw wrongCurrent()
      await this.setting.set(tx, userId, record)
      await tellOwner(tx, userId, 'password-changed')
    })
  }
}
