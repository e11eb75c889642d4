import type { Clock } from '../../../kernel/clock.js'
import { unauthenticated } from '../../../kernel/domain-error.js'
import type { Viewer } from '../../../kernel/viewer.js'
import type { Database } from '../../../platform/database/database.js'
import { inTransaction } from '../../../platform/database/transaction.js'
import type { AccountSessions } from './account-sessions.js'

export class LogoutService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly sessions: AccountSessions,
  ) {}

  /** Ends the session that the viewer came with, and its sockets; their other sessions go on. */
  async logout(viewer: Viewer): Promise<void> {
    if (viewer.kind === 'visitor') throw unauthenticated()
    const { sessionId } = viewer
    await inTransaction(this.database, (tx) => this.sessions.end(tx, sessionId, this.clock.now()))
  }
}
