import type { Clock } from '../../kernel/clock.js'
import { unauthenticated } from '../../kernel/domain-error.js'
import type { Viewer } from '../../kernel/viewer.js'
import type { Database } from '../../platform/database/database.js'
import type { AuthenticationService } from './authentication.service.js'
import { endSession } from './session-end.js'

export class LogoutService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly authentication: AuthenticationService,
  ) {}

  /** Ends the session that the viewer came with; their other sessions go on. */
  async logout(viewer: Viewer): Promise<void> {
    if (viewer.kind === 'visitor') throw unauthenticated()
    await endSession(this.database.prisma, viewer.sessionId, this.clock.now())
    this.authentication.forget(viewer.sessionId)
  }
}
