import { Prisma } from '../../../generated/prisma/client.js'
import type { Clock } from '../../../kernel/clock.js'
import { DomainError, type WrongField } from '../../../kernel/domain-error.js'
import { newId } from '../../../kernel/ids.js'
import type { Database } from '../../../platform/database/database.js'
import { inTransaction } from '../../../platform/database/transaction.js'
import { enqueue } from '../../../platform/jobs/job-queue.js'
import type { OpenRole } from '../accounts/open-role.js'
import type { AuthLimits } from '../auth-limits.js'
import type { PasswordHasher } from '../passwords/password-hasher.js'
import { type Client, openSession } from '../sessions/session-opening.js'
import type { SignedIn, TokenPairs } from '../tokens/token-pairs.js'
import { WELCOME_LETTER } from './welcome-letter.job.js'

export interface Registration {
  /** Normalised. */
  readonly email: string
  readonly password: string
  readonly displayName?: string | null | undefined
  readonly telegramId?: string | null | undefined
  readonly role: OpenRole
}

export class RegistrationService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly passwords: PasswordHasher,
    private readonly tokens: TokenPairs,
    private readonly limits: AuthLimits,
    private readonly canSendLetters: boolean,
  ) {}

  /**
   * Makes an account and signs it in.
   * @throws CONFLICT naming the fields that another account has; RATE_LIMITED
   */
  async register(registration: Registration, client: Client): Promise<SignedIn> {
    const { email, role, telegramId = null } = registration
    await this.limits.registrationTry.take(client.ip, null)
    const credential = await this.passwords.hash(registration.password)
    const now = this.clock.now()
    const account = { id: newId(), role }
    const displayName = registration.displayName ?? email.slice(0, email.lastIndexOf('@'))
    const data = { ...account, email, telegramId, displayName, createdAt: now }
    try {
      const session = await inTransaction(this.database, async (tx) => {
        await tx.prisma.user.create({ data: { ...data, credential: { create: { ...credential, updatedAt: now } } } })
        // Here, so that a refused try takes nothing, and what is over the limit is undone.
        await this.limits.registration.take(client.ip, null)
        if (this.canSendLetters) await enqueue(tx, WELCOME_LETTER, { userId: account.id }, { maxAttempts: 10 })
        return openSession(tx, account.id, client, now)
      })
      return await this.tokens.forSession(session)
    } catch (error) {
      throw isDuplicate(error) ? await this.conflict(registration) : error
    }
  }

  private async conflict({ email, telegramId }: Registration): Promise<DomainError> {
    const taken = await this.database.prisma.user.findMany({
      where: { OR: [{ email }, ...(telegramId ? [{ telegramId }] : [])] },
      select: { email: true, telegramId: true },
    })
    const fields: WrongField[] = []
    if (taken.some((other) => other.email === email))
      fields.push({ path: 'input.email', message: 'belongs to another account' })
    if (taken.some((other) => other.telegramId !== null && other.telegramId === telegramId))
      fields.push({ path: 'input.telegramId', message: 'belongs to another account' })
    return new DomainError('CONFLICT', 'There is already an account with these details.', { fields })
  }
}

const isDuplicate = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002'
