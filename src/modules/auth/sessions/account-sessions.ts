import type { Transaction } from '../../../platform/database/transaction.js'
import type { EventStreams } from '../../../platform/events/event-streams.js'
import type { AuthenticationService } from './authentication.service.js'
import { endSession, endSessionsOf, sessionStream } from './session-end.js'

/** How sessions end and change. This process forgets them with the commit, the others within two seconds. */
export class AccountSessions {
  constructor(
    private readonly streams: Pick<EventStreams, 'signal'>,
    private readonly authentication: AuthenticationService,
  ) {}

  /** What the account may do has changed: whoever watches one of its sessions hears. */
  async announceChange(tx: Transaction, userId: string): Promise<void> {
    const sessions = await tx.prisma.session.findMany({ where: { userId, endedAt: null }, select: { id: true } })
    const keys = await tx.prisma.factoryKey.findMany({ where: { userId, revokedAt: null }, select: { id: true } })
    const ids = [...sessions, ...keys].map(({ id }) => id)
    await this.streams.signal(tx, ...ids.map(sessionStream))
    this.forgetAfterCommit(tx, ids)
  }

  /** @returns whether it ended by this */
  async end(tx: Transaction, sessionId: string, now: Date): Promise<boolean> {
    this.forgetAfterCommit(tx, [sessionId])
    return endSession(tx, this.streams, sessionId, now)
  }

  /** @returns the ids of those that ended: all of the account's, but `except` */
  async endAll(tx: Transaction, userId: string, now: Date, except: string | null = null): Promise<string[]> {
    const ended = await endSessionsOf(tx, this.streams, userId, now, except)
    this.forgetAfterCommit(tx, ended)
    return ended
  }

  private forgetAfterCommit(tx: Transaction, sessionIds: readonly string[]): void {
    tx.afterCommit(() => {
      for (const id of sessionIds) this.authentication.forget(id)
    })
  }
}
