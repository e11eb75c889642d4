import type { Clock } from '../../../kernel/clock.js'
import { unauthenticated } from '../../../kernel/domain-error.js'
import type { Viewer } from '../../../kernel/viewer.js'
import type { Database } from '../../../platform/database/database.js'
import { livingAt } from './living-session.js'
import type { Session } from './session.type.js'

const MAX_SHOWN = 100

export class SessionListQuery {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The viewer's own that can still be gone on with, those used last first; at most 100. */
  async own(viewer: Viewer): Promise<Session[]> {
    if (viewer.kind === 'visitor') throw unauthenticated()
    const sessions = await this.database.prisma.session.findMany({
      where: { userId: viewer.userId, ...livingAt(this.clock.now()) },
      select: { id: true, createdAt: true, lastUsedAt: true, userAgent: true, ip: true },
      orderBy: [{ lastUsedAt: 'desc' }, { id: 'desc' }],
      take: MAX_SHOWN,
    })
    return sessions.map((session) => ({ ...session, isCurrent: session.id === viewer.sessionId }))
  }
}
