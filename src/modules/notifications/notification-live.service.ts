import { Prisma } from '../../generated/prisma/client.js'
import { forbidden, unauthenticated } from '../../kernel/domain-error.js'
import type { Viewer } from '../../kernel/viewer.js'
import { runSql } from '../../platform/database/read-shape.js'
import type { FeedEvent } from '../../platform/events/stream-feed.js'
import type { Platform } from '../../platform/platform.js'
import { notificationStream, numberAfter } from './notification-stream.js'

export class NotificationLive {
  constructor(private readonly platform: Pick<Platform, 'database' | 'streams' | 'cursors'>) {}

  /**
   * The viewer's own notifications, by number.
   * @throws BAD_USER_INPUT for a cursor of anything else; the iterator throws CURSOR_EXPIRED, and FORBIDDEN once the account is blocked
   */
  async follow(viewer: Viewer, after: string | null): Promise<AsyncIterableIterator<FeedEvent>> {
    if (viewer.kind === 'visitor') throw unauthenticated()
    const { userId } = viewer
    const { streams, cursors } = this.platform
    const start = after === null ? null : numberAfter(cursors, userId, after)
    return streams.follow(notificationStream(userId), start, ({ subjectId }) => this.mayHear(userId, subjectId))
  }

  // False for one that is gone: it is left out, and the stream goes on.
  private async mayHear(userId: string, id: string): Promise<boolean> {
    const [now] = await runSql<{ isThere: boolean }>(
      this.platform.database.pool,
      Prisma.sql`
        select exists (select from notifications n where n.id = ${id}::uuid and n.user_id = u.id) as "isThere"
        from users u where u.id = ${userId}::uuid and u.blocked_at is null`,
    )
    if (!now) throw forbidden('Your account is told nothing any more.')
    return now.isThere
  }
}
