import type { Clock } from '../../../kernel/clock.js'
import type { Transaction } from '../../../platform/database/transaction.js'
import { lettersUnavailable } from '../auth.errors.js'
import type { AuthLimits } from '../auth-limits.js'
import { askForProof } from '../letters/ask-for-proof.js'
import { voidEmailTokens } from '../letters/email-token.js'
import { tellOwner } from '../letters/tell-owner.js'
import type { Client } from '../sessions/session-opening.js'

export class EmailChangeService {
  constructor(
    private readonly clock: Clock,
    private readonly limits: AuthLimits,
    private readonly canSendLetters: boolean,
  ) {}

  /**
   * Counts the letter that a change sends.
   * @throws PROVIDER_UNAVAILABLE where no letters can be sent; RATE_LIMITED
   */
  async admit(userId: string, email: string, client: Pick<Client, 'ip'>): Promise<void> {
    if (!this.canSendLetters) throw lettersUnavailable()
    await this.limits.letter.take(client.ip, email)
    await this.limits.letter.take(null, userId)
  }

  /** Lets an account, which the caller has locked, wait for another address; asked for the one that it has, no longer. */
  async begin(tx: Transaction, userId: string, email: string): Promise<void> {
    const account = await tx.prisma.user.findUniqueOrThrow({ where: { id: userId } })
    const isNew = email !== account.email
    await tx.prisma.user.update({ where: { id: userId }, data: { pendingEmail: isNew ? email : null } })
    // Who waits for another address now does not want that one any more; it may have been a slip, and be somebody's.
    const wanted = [email, account.email ?? email]
    await voidEmailTokens(tx, { userId, purpose: 'VERIFY_EMAIL', email: { notIn: wanted } }, this.clock.now())
    if (!isNew) return
    await askForProof(tx, userId)
    if (email !== account.pendingEmail) await tellOwner(tx, userId, 'email-change-requested')
  }
}
