import type { Clock } from '../../../kernel/clock.js'
import type { Database } from '../../../platform/database/database.js'
import { inTransaction } from '../../../platform/database/transaction.js'
import { enqueue } from '../../../platform/jobs/job-queue.js'
import { badEmailToken, lettersUnavailable } from '../auth.errors.js'
import type { AuthLimits } from '../auth-limits.js'
import { countedGuess } from '../counted-guess.js'
import { type EmailProof, lookAtEmailToken, takeEmailToken } from '../letters/email-token.js'
import { RESET_LETTER, TRIES } from '../letters/letter-kinds.js'
import { tellOwner } from '../letters/tell-owner.js'
import type { Client } from '../sessions/session-opening.js'
import type { PasswordHasher } from './password-hasher.js'
import type { PasswordSettingService } from './password-setting.service.js'

type Caller = Pick<Client, 'ip'>

export interface PasswordReset {
  readonly token: string
  /** Already known to be a good one. */
  readonly password: string
}

export class PasswordResetService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly passwords: PasswordHasher,
    private readonly limits: AuthLimits,
    private readonly setting: PasswordSettingService,
    private readonly canSendLetters: boolean,
  ) {}

  /**
   * Has a letter sent to the account of the address, if there is one: finding that out is left to the job, so that nobody who asks can.
   * @throws PROVIDER_UNAVAILABLE where no letters can be sent; RATE_LIMITED
   */
  async request(email: string, caller: Caller): Promise<void> {
    if (!this.canSendLetters) throw lettersUnavailable()
    await this.limits.letter.take(caller.ip, email)
    await inTransaction(this.database, (tx) => enqueue(tx, RESET_LETTER, { email }, { maxAttempts: TRIES }))
  }

  /**
   * Whose password a token sets; it is not used up.
   * @throws BAD_USER_INPUT for `token`; RATE_LIMITED
   */
  async lookAt(token: string, caller: Caller): Promise<EmailProof> {
    const proof = await countedGuess(this.limits.emailToken, caller.ip, null, () =>
      lookAtEmailToken(this.database, 'RESET_PASSWORD', token, this.clock.now()),
    )
    if (!proof) throw badEmailToken()
    return proof
  }

  /**
   * Sets a password, the first of an account too, and ends all its sessions. Whoever read the letter has the address, so that is
   * proven. A second factor stays: the letter is one factor, not two.
   * @throws BAD_USER_INPUT for `token`; RATE_LIMITED
   */
  async reset({ token, password }: PasswordReset, caller: Caller): Promise<void> {
    // A guess does not cost us a hash.
    await this.lookAt(token, caller)
    const record = await this.passwords.hash(password)
    await inTransaction(this.database, async (tx) => {
      const now = this.clock.now()
      const proof = await takeEmailToken(tx, 'RESET_PASSWORD', token, now)
      if (!proof) throw badEmailToken()
      const { userId } = proof
      await tx.prisma.user.updateMany({ where: { id: userId, emailVerifiedAt: null }, data: { emailVerifiedAt: now } })
      await this.setting.set(tx, userId, record)
      await tellOwner(tx, userId, 'password-reset')
    })
  }
}
