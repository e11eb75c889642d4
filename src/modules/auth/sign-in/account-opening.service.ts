import type { Clock } from '../../../kernel/clock.js'
import type { Database } from '../../../platform/database/database.js'
import { inTransaction, type Transaction } from '../../../platform/database/transaction.js'
import { enqueue } from '../../../platform/jobs/job-queue.js'
import type { OpenRole } from '../accounts/open-role.js'
import { detailsConflict, isDuplicate, takenDetails } from '../accounts/taken-details.js'
import type { AuthLimits } from '../auth-limits.js'
import { TRIES, WELCOME_LETTER } from '../letters/letter-kinds.js'
import type { PasswordHasher } from '../passwords/password-hasher.js'
import { type Client, openSession } from '../sessions/session-opening.js'
import type { SignedIn, TokenPairs } from '../tokens/token-pairs.js'

export interface Registration {
  /** Normalised. */
  readonly email: string
  readonly password: string
  readonly displayName?: string | null | undefined
  readonly telegramId?: string | null | undefined
  readonly role: OpenRole
}

/** What a registration says about the row of its account. */
export interface AccountDetails {
  readonly email: string
  readonly telegramId: string | null
  readonly displayName: string
  readonly role: OpenRole
}

/** How somebody becomes a member: an account with an address and a password, a welcome and a session. */
export class AccountOpening {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly passwords: PasswordHasher,
    private readonly tokens: TokenPairs,
    private readonly limits: AuthLimits,
    private readonly canSendLetters: boolean,
  ) {}

  /**
   * @param write makes the account's row, or fills that of a guest, and returns its id
   * @throws CONFLICT naming the fields that another account has; RATE_LIMITED; what `write` throws
   */
  async open(
    registration: Registration,
    client: Client,
    write: (tx: Transaction, details: AccountDetails, now: Date) => Promise<string>,
  ): Promise<SignedIn> {
    const { email, role, telegramId = null } = registration
    await this.limits.registrationTry.take(client.ip, null)
    const credential = await this.passwords.hash(registration.password)
    const now = this.clock.now()
    const displayName = registration.displayName ?? email.slice(0, email.lastIndexOf('@'))
    try {
      const session = await inTransaction(this.database, async (tx) => {
        const userId = await write(tx, { email, telegramId, displayName, role }, now)
        await tx.prisma.credential.create({ data: { userId, ...credential, updatedAt: now } })
        // Here, so that a refused try takes nothing, and what is over the limit is undone.
        await this.limits.registration.take(client.ip, null)
        if (this.canSendLetters) await enqueue(tx, WELCOME_LETTER, { userId }, { maxAttempts: TRIES })
        return openSession(tx, userId, client, now)
      })
      return await this.tokens.forSession(session)
    } catch (error) {
      throw isDuplicate(error) ? detailsConflict(await takenDetails(this.database, { email, telegramId })) : error
    }
  }
}
