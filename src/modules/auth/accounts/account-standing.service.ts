import type { Role, User } from '../../../generated/prisma/client.js'
import type { Clock } from '../../../kernel/clock.js'
import { DomainError, forbidden, inputError, notFound, unauthenticated } from '../../../kernel/domain-error.js'
import type { SignedInViewer, Viewer } from '../../../kernel/viewer.js'
import { type Deed, recordDeed } from '../../../platform/audit/audit-log.js'
import type { Database } from '../../../platform/database/database.js'
import { inTransaction, type Transaction } from '../../../platform/database/transaction.js'
import type { AccountSessions } from '../sessions/account-sessions.js'
import type { Client } from '../sessions/session-opening.js'
import { lockStandings, requireAnotherAdmin } from './last-admin.js'

export interface RoleChange {
  readonly userId: string
  readonly role: Role
  /** For FACTORY: whose staff. The account keeps the one it has when this is absent. */
  readonly factoryId?: string | null | undefined
}

export interface BlockChange {
  readonly userId: string
  readonly blocked: boolean
  readonly reason?: string | null | undefined
}

type Changes = Deed['changes']

/** What ADMINs decide about accounts. What changes nothing leaves no trace. */
export class AccountStandingService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly sessions: AccountSessions,
  ) {}

  /**
   * @throws NOT_FOUND for an unknown account or factory; BAD_USER_INPUT for a factory with another role than FACTORY; CONFLICT for
   * guests, programs and the last ADMIN
   */
  setRole(viewer: Viewer, { userId, role, factoryId: wanted }: RoleChange, { ip }: Client): Promise<void> {
    return this.change(viewer, userId, async (tx, account, actor) => {
      requirePerson(account)
      const factoryId = role === 'FACTORY' ? (wanted ?? account.factoryId) : null
      if (wanted && role !== 'FACTORY')
        throw inputError([{ path: 'factoryId', message: 'is only for the role FACTORY' }])
      if (wanted && (await tx.prisma.factory.count({ where: { id: wanted } })) === 0) throw notFound('factory')
      if (account.role === role && account.factoryId === factoryId) return
      if (account.role === 'ADMIN' && role !== 'ADMIN') await requireAnotherAdmin(tx, userId)
      await requireStillAdmin(tx, actor)
      await tx.prisma.user.update({ where: { id: userId }, data: { role, factoryId } })
      const changes: Changes = {
        ...(account.role !== role && { role: { from: account.role, to: role } }),
        ...(account.factoryId !== factoryId && { factoryId: { from: account.factoryId, to: factoryId } }),
      }
      await this.record(tx, { actorId: actor.userId, action: 'user.role', subjectId: userId, changes, ip })
      await this.sessions.announceChange(tx, userId)
    })
  }

  /**
   * Shuts an account out, with all its sessions and sockets, or lets it sign in again.
   * @throws NOT_FOUND; CONFLICT for oneself and the last ADMIN
   */
  setBlocked(viewer: Viewer, { userId, blocked, reason }: BlockChange, { ip }: Client): Promise<void> {
    return this.change(viewer, userId, async (tx, account, actor) => {
      if ((account.blockedAt !== null) === blocked) return
      if (blocked && account.role === 'ADMIN') await requireAnotherAdmin(tx, userId)
      if (blocked && userId === actor.userId) throw new DomainError('CONFLICT', 'You cannot block yourself.')
      await requireStillAdmin(tx, actor)
      const now = this.clock.now()
      await tx.prisma.user.update({ where: { id: userId }, data: { blockedAt: blocked ? now : null } })
      // In both directions: a sign-in that began before the block may have ended after it.
      await tx.prisma.signInChallenge.deleteMany({ where: { userId } })
      await this.sessions.endAll(tx, userId, now)
      // The keys of a program do not end; they are dead while it is blocked.
      await this.sessions.announceChange(tx, userId)
      const action = blocked ? 'user.block' : 'user.unblock'
      const changes = { blocked: { from: !blocked, to: blocked } }
      await this.record(tx, { actorId: actor.userId, action, subjectId: userId, changes, note: reason ?? null, ip })
    })
  }

  private async change(
    viewer: Viewer,
    userId: string,
    work: (tx: Transaction, account: User, actor: SignedInViewer) => Promise<void>,
  ): Promise<void> {
    if (viewer.kind === 'visitor') throw unauthenticated()
    await inTransaction(this.database, async (tx) => {
      await lockStandings(tx)
      // So that it is neither deleted nor upgraded from a guest in between.
      await tx.prisma.$executeRaw`select from users where id = ${userId}::uuid for no key update`
      const account = await tx.prisma.user.findUnique({ where: { id: userId, deletedAt: null } })
      if (!account) throw notFound('user')
      await work(tx, account, viewer)
    })
  }

  private record(tx: Transaction, deed: Omit<Deed, 'subjectType'>): Promise<void> {
    return recordDeed(tx, this.clock, { ...deed, subjectType: 'User' })
  }
}

function requirePerson({ isGuest, isMachine }: User): void {
  if (isGuest) throw new DomainError('CONFLICT', 'A guest has no role to change: it has to register first.')
  if (isMachine) throw new DomainError('CONFLICT', 'The account of a program is FACTORY and stays it.')
}

/** What the caller was seconds ago let them in here; under the lock it is asked again, or those who lost the role could still use it. */
async function requireStillAdmin(tx: Transaction, { userId }: SignedInViewer): Promise<void> {
  const admins = await tx.prisma.user.count({ where: { id: userId, role: 'ADMIN', blockedAt: null, deletedAt: null } })
  if (admins === 0) throw forbidden()
}
