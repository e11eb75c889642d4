import type { Clock } from '../../../kernel/clock.js'
import { unauthenticated } from '../../../kernel/domain-error.js'
import type { Viewer } from '../../../kernel/viewer.js'
import type { Database } from '../../../platform/database/database.js'
import { inTransaction } from '../../../platform/database/transaction.js'
import type { EventStreams } from '../../../platform/events/event-streams.js'
import type { AuthenticationService } from './authentication.service.js'
import { endSession } from './session-end.js'

export class LogoutService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly authentication: AuthenticationService,
    private readonly streams: EventStreams,
  ) {}

  /** Ends the session that the viewer came with, and its sockets; their other sessions go on. */
  async logout(viewer: Viewer): Promise<void> {
    if (viewer.kind === 'visitor') throw unauthenticated()
    const { sessionId } = viewer
    await inTransaction(this.database, (tx) => endSession(tx, this.streams, sessionId, this.clock.now()))
    this.authentication.forget(sessionId)
  }
}
