import type { Transaction } from '../../../platform/database/transaction.js'
import type { EventStreams } from '../../../platform/events/event-streams.js'
import type { AuthenticationService } from './authentication.service.js'
import { endSessionsOf, sessionStream } from './session-end.js'

/** What happens to all sessions of an account at once. This process forgets them with the commit, the others within seconds. */
export class AccountSessions {
  constructor(
    private readonly streams: Pick<EventStreams, 'signal'>,
    private readonly authentication: AuthenticationService,
  ) {}

  /** What the account may do has changed: whoever watches one of its sessions hears. */
  async announceChange(tx: Transaction, userId: string): Promise<void> {
    const living = await tx.prisma.session.findMany({ where: { userId, endedAt: null }, select: { id: true } })
    const ids = living.map(({ id }) => id)
    await this.streams.signal(tx, ...ids.map(sessionStream))
    this.forgetAfterCommit(tx, ids)
  }

  async endAll(tx: Transaction, userId: string, now: Date): Promise<void> {
    this.forgetAfterCommit(tx, await endSessionsOf(tx, this.streams, userId, now))
  }

  private forgetAfterCommit(tx: Transaction, sessionIds: readonly string[]): void {
    tx.afterCommit(() => {
      for (const id of sessionIds) this.authentication.forget(id)
    })
  }
}
