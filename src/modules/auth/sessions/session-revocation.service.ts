import type { Clock } from '../../../kernel/clock.js'
import { notFound, unauthenticated } from '../../../kernel/domain-error.js'
import type { Viewer } from '../../../kernel/viewer.js'
import type { Database } from '../../../platform/database/database.js'
import { inTransaction } from '../../../platform/database/transaction.js'
import type { AccountSessions } from './account-sessions.js'
import { livingAt } from './living-session.js'

export class SessionRevocationService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly sessions: AccountSessions,
  ) {}

  /**
   * Ends a session of the viewer's own. @returns whether it was the one that they came with
   * @throws NOT_FOUND alike for a foreign one, one that has ended, and one that never was
   */
  async revoke(viewer: Viewer, id: string): Promise<boolean> {
    if (viewer.kind === 'visitor') throw unauthenticated()
    const { userId, sessionId } = viewer
    const now = this.clock.now()
    await inTransaction(this.database, async (tx) => {
      const own = await tx.prisma.session.findFirst({ where: { id, userId, ...livingAt(now) }, select: { id: true } })
      if (!own || !(await this.sessions.end(tx, id, now))) throw notFound('session')
    })
    return id === sessionId
  }

  /** Ends every session of the viewer's but the one they came with. @returns how many could still have been gone on with */
  async revokeOthers(viewer: Viewer): Promise<number> {
    if (viewer.kind === 'visitor') throw unauthenticated()
    const { userId, sessionId } = viewer
    const now = this.clock.now()
    return inTransaction(this.database, async (tx) => {
      const ended = await this.sessions.endAll(tx, userId, now, sessionId)
      const { lastUsedAt } = livingAt(now)
      return tx.prisma.session.count({ where: { id: { in: ended }, lastUsedAt } })
    })
  }
}
