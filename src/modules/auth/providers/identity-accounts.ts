import type { User } from '../../../generated/prisma/client.js'
import type { IdentityProvider } from '../../../generated/prisma/enums.js'
import type { Clock } from '../../../kernel/clock.js'
import { DomainError } from '../../../kernel/domain-error.js'
import { newId } from '../../../kernel/ids.js'
import type { Transaction } from '../../../platform/database/transaction.js'
import { enqueue } from '../../../platform/jobs/job-queue.js'
import { TRIES, WELCOME_LETTER } from '../letters/letter-kinds.js'
import { tellOwner } from '../letters/tell-owner.js'
import type { ProvenPerson } from './provider-client.js'
import { ProviderRefusal } from './provider-failure.js'

export interface ProvenIdentity {
  readonly provider: IdentityProvider
  readonly person: ProvenPerson
}

type Account = Pick<User, 'id' | 'blockedAt'>

const NAMELESS = 'Пользователь'

/**
 * Which account a proven identity opens. Nothing but the identity itself, or an address that both sides have verified,
 * leads to an account.
 */
export class IdentityAccounts {
  constructor(
    private readonly clock: Clock,
    private readonly canSendLetters: boolean,
  ) {}

  /**
   * The account of an identity; a new one for an identity and an address that nobody has.
   * @throws CONFLICT when an unverified account has the address; ProviderRefusal for a proof that was used before
   */
  async open(tx: Transaction, identity: ProvenIdentity): Promise<Account> {
    const known = await this.recognise(tx, identity)
    if (known) return known
    const { verifiedEmail } = identity.person
    const owner = verifiedEmail === null ? null : await lockOwner(tx, verifiedEmail)
    if (!owner) return this.make(tx, identity)
    // Whoever registered with an address that is not theirs waits for its owner to come: what they made must not become
    // shared.
    if (!owner.emailVerifiedAt) throw unconfirmedAddress()
    await this.add(tx, identity, owner.id)
    await tellOwner(tx, owner.id, 'identity-linked')
    return owner
  }

  /**
   * Gives the identity to the account of somebody who is signed in.
   * @throws CONFLICT when it is another account's, or the account has one of this provider
   */
  async link(tx: Transaction, identity: ProvenIdentity, userId: string): Promise<Account> {
    const known = await this.recognise(tx, identity)
    if (known && known.id !== userId) throw takenIdentity()
    if (known) return known
    const account = await tx.prisma.user.findUniqueOrThrow({ where: { id: userId }, select: ACCOUNT })
    await this.add(tx, identity, userId)
    await tellOwner(tx, userId, 'identity-linked')
    return account
  }

  /**
   * Who has the identity. A proof that can be copied counts only when it is newer than the last one, which one
   * statement asks and writes down.
   */
  private async recognise(tx: Transaction, { provider, person }: ProvenIdentity): Promise<Account | null> {
    const { subject, provenAt } = person
    const where = { provider_subject: { provider, subject } }
    const identity = await tx.prisma.identity.findUnique({ where, select: { user: { select: ACCOUNT } } })
    if (!identity || !provenAt) return identity?.user ?? null
    const { count } = await tx.prisma.identity.updateMany({
      where: { provider, subject, OR: [{ lastProofAt: null }, { lastProofAt: { lt: provenAt } }] },
      data: { lastProofAt: provenAt },
    })
    if (count === 0) throw new ProviderRefusal('the proof is not newer than the last one')
    return identity.user
  }

  private async make(tx: Transaction, identity: ProvenIdentity): Promise<Account> {
    const { name, verifiedEmail: email } = identity.person
    const now = this.clock.now()
    const displayName = name ?? email?.slice(0, email.lastIndexOf('@')) ?? NAMELESS
    const data = { id: newId(), displayName, email, emailVerifiedAt: email === null ? null : now, createdAt: now }
    const account = await tx.prisma.user.create({ data, select: ACCOUNT })
    if (email !== null && this.canSendLetters)
      await enqueue(tx, WELCOME_LETTER, { userId: account.id }, { maxAttempts: TRIES })
    await this.add(tx, identity, account.id)
    return account
  }

  private async add(tx: Transaction, { provider, person }: ProvenIdentity, userId: string): Promise<void> {
    const { subject, provenAt } = person
    const other = await tx.prisma.identity.findUnique({ where: { userId_provider: { userId, provider } } })
    if (other) throw otherIdentity()
    const data = { provider, subject, userId, linkedAt: this.clock.now(), lastProofAt: provenAt }
    await tx.prisma.identity.create({ data })
    if (provider === 'TELEGRAM') await takeTelegramId(tx, userId, subject)
  }
}

const ACCOUNT = { id: true, blockedAt: true } as const

type Owner = Account & Pick<User, 'emailVerifiedAt'>

/** Locked, so that the address is still theirs, and still verified or not, when the identity is added. */
async function lockOwner(tx: Transaction, email: string): Promise<Owner | null> {
  const [owner] = await tx.prisma.$queryRaw<Owner[]>`
    select id::text as "id", blocked_at as "blockedAt", email_verified_at as "emailVerifiedAt"
    from users where email = ${email} for no key update`
  return owner ?? null
}

/** Anybody can claim a Telegram account when they register; who proves it gets it. */
async function takeTelegramId(tx: Transaction, userId: string, telegramId: string): Promise<void> {
  await tx.prisma.user.updateMany({ where: { telegramId, id: { not: userId } }, data: { telegramId: null } })
  await tx.prisma.user.update({ where: { id: userId }, data: { telegramId } })
}

const unconfirmedAddress = (): DomainError =>
  new DomainError(
    'CONFLICT',
    'An account has your address of e-mail, and nobody has confirmed it. Set a new password for that account by requestPasswordReset first, which also confirms the address and ends its sessions; then sign in with the provider again.',
  )

const takenIdentity = (): DomainError =>
  new DomainError('CONFLICT', 'Another account signs in with this identity. Sign in with it, or use another one.')

const otherIdentity = (): DomainError =>
  new DomainError('CONFLICT', 'The account already signs in with another identity of this provider.')
