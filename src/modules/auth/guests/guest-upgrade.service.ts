import { DomainError, unauthenticated } from '../../../kernel/domain-error.js'
import type { Viewer } from '../../../kernel/viewer.js'
import type { Transaction } from '../../../platform/database/transaction.js'
import type { AccountSessions } from '../sessions/account-sessions.js'
import type { Client } from '../sessions/session-opening.js'
import type { AccountOpening, Registration } from '../sign-in/account-opening.service.js'
import type { SignedIn } from '../tokens/token-pairs.js'

/** Hears, in the transaction that does it, that a guest has become a member. */
export type GuestUpgraded = (tx: Transaction, userId: string) => Promise<void>

export class GuestUpgradeService {
  constructor(
    private readonly opening: AccountOpening,
    private readonly sessions: AccountSessions,
    private readonly announce: GuestUpgraded,
  ) {}

  /**
   * Makes a member of the guest who asks, under the same id. Nobody can tell who else holds a guest's tokens, so the sessions that it
   * had end, and the member begins with a new one.
   * @throws CONFLICT when the viewer is no guest (any more), and naming the fields that another account has; RATE_LIMITED
   */
  async upgrade(viewer: Viewer, registration: Registration, client: Client): Promise<SignedIn> {
    if (viewer.kind === 'visitor') throw unauthenticated()
    if (!viewer.isGuest) throw noGuest()
    const { userId: id } = viewer
    return this.opening.open(registration, client, async (tx, details, now) => {
      // One statement both asks and takes: of parallel upgrades one finds a guest.
      const { count } = await tx.prisma.user.updateMany({
        where: { id, isGuest: true, deletedAt: null },
        data: { ...details, isGuest: false },
      })
      if (count === 0) throw noGuest()
      await this.sessions.endAll(tx, id, now)
      await this.announce(tx, id)
      return id
    })
  }
}

const noGuest = (): DomainError => new DomainError('CONFLICT', 'This account is not a guest’s: it needs no upgrade.')
