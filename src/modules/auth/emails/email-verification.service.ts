import type { Clock } from '../../../kernel/clock.js'
import { DomainError, forbidden, unauthenticated } from '../../../kernel/domain-error.js'
import type { Viewer } from '../../../kernel/viewer.js'
import type { Database } from '../../../platform/database/database.js'
import { inTransaction, type Transaction } from '../../../platform/database/transaction.js'
import { isDuplicate } from '../accounts/taken-details.js'
import { badEmailToken, lettersUnavailable } from '../auth.errors.js'
import type { AuthLimits } from '../auth-limits.js'
import { countedGuess } from '../counted-guess.js'
import { askForProof } from '../letters/ask-for-proof.js'
import { type EmailProof, lookAtEmailToken, takeEmailToken, voidEmailTokens } from '../letters/email-token.js'
import { tellOwner } from '../letters/tell-owner.js'
import { unprovenAddress } from '../letters/unproven-address.js'
import type { Client } from '../sessions/session-opening.js'

type Caller = Pick<Client, 'ip'>

export class EmailVerificationService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly limits: AuthLimits,
    private readonly canSendLetters: boolean,
  ) {}

  /**
   * Has a letter sent to the address that the viewer's account has yet to prove; none when there is nothing to prove.
   * @throws FORBIDDEN for guests; CONFLICT when there is no address; PROVIDER_UNAVAILABLE where no letters can be sent; RATE_LIMITED
   */
  async request(viewer: Viewer, caller: Caller): Promise<void> {
    if (viewer.kind === 'visitor') throw unauthenticated()
    if (viewer.isGuest) throw forbidden('A guest has no address. upgradeGuest gives one.')
    if (!this.canSendLetters) throw lettersUnavailable()
    const { userId } = viewer
    const account = await this.database.prisma.user.findUniqueOrThrow({ where: { id: userId } })
    const email = unprovenAddress(account)
    if (email === null && account.email === null)
      throw new DomainError('CONFLICT', 'This account has no e-mail address. updateProfile gives one.')
    if (email === null) return
    await this.limits.letter.take(caller.ip, email)
    await inTransaction(this.database, (tx) => askForProof(tx, userId))
  }

  /**
   * The address that a token would prove; it is not used up.
   * @throws BAD_USER_INPUT for `token`; RATE_LIMITED
   */
  async lookAt(token: string, caller: Caller): Promise<EmailProof> {
    const proof = await countedGuess(this.limits.emailToken, caller.ip, null, () =>
      lookAtEmailToken(this.database, 'VERIFY_EMAIL', token, this.clock.now()),
    )
    if (!proof) throw badEmailToken()
    return proof
  }

  /**
   * Takes the token of a letter as the proof that its address is the account's; the one that the account waited for becomes its own.
   * @returns the account's id
   * @throws BAD_USER_INPUT for `token`; CONFLICT when another account has taken the address meanwhile; RATE_LIMITED
   */
  async verify(token: string, caller: Caller): Promise<string> {
    const prove = () => inTransaction(this.database, (tx) => this.prove(tx, token))
    try {
      const userId = await countedGuess(this.limits.emailToken, caller.ip, null, prove)
      if (userId === null) throw badEmailToken()
      return userId
    } catch (error) {
      if (!isDuplicate(error)) throw error
      throw new DomainError('CONFLICT', 'Another account has this address by now.', {
        fields: [{ path: 'token', message: 'is for an address that belongs to another account' }],
      })
    }
  }

  private async prove(tx: Transaction, token: string): Promise<string | null> {
    const now = this.clock.now()
    const proof = await takeEmailToken(tx, 'VERIFY_EMAIL', token, now)
    if (!proof) return null
    const { userId, email } = proof
    const before = await tx.prisma.user.findUniqueOrThrow({ where: { id: userId } })
    if (before.email === email) {
      await tx.prisma.user.update({ where: { id: userId }, data: { emailVerifiedAt: before.emailVerifiedAt ?? now } })
      await voidEmailTokens(tx, { userId, email, purpose: 'VERIFY_EMAIL' }, now)
      return userId
    }
    await tellOwner(tx, userId, 'email-changed')
    await tx.prisma.user.update({ where: { id: userId }, data: { email, emailVerifiedAt: now, pendingEmail: null } })
    await voidEmailTokens(tx, { userId }, now)
    return userId
  }
}
