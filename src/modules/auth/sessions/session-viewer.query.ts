import { Prisma } from '../../../generated/prisma/client.js'
import type { SignedInViewer } from '../../../kernel/viewer.js'
import type { Database } from '../../../platform/database/database.js'
import { runSql } from '../../../platform/database/read-shape.js'

type Row = Omit<SignedInViewer, 'kind' | 'sessionId'>

export class SessionViewerQuery {
  constructor(private readonly database: Database) {}

  /** Who a session belongs to now. Null when it does not exist or has ended, and when the account is blocked. */
  async bySession(sessionId: string): Promise<SignedInViewer | null> {
    const [row] = await runSql<Row>(
      this.database.pool,
      Prisma.sql`
        select u.id as "userId", u.role::text as "role", u.is_guest as "isGuest",
               case when u.role = 'FACTORY' then u.factory_id end as "factoryId"
        from sessions s join users u on u.id = s.user_id
        where s.id = ${sessionId}::uuid and s.ended_at is null and u.blocked_at is null`,
    )
    return row ? { kind: 'user', sessionId, ...row } : null
  }
}
