import { Prisma } from '../../../generated/prisma/client.js'
import type { SignedInViewer } from '../../../kernel/viewer.js'
import type { Database } from '../../../platform/database/database.js'
import { runSql } from '../../../platform/database/read-shape.js'

type Row = Pick<SignedInViewer, 'userId' | 'role' | 'isGuest' | 'factoryId' | 'needsSecondFactor'>

export class SessionViewerQuery {
  constructor(
    private readonly database: Database,
    private readonly staffNeedSecondFactor: boolean,
  ) {}

  /** Who a session belongs to now. Null when it does not exist or has ended, and when the account is blocked. */
  async bySession(sessionId: string): Promise<SignedInViewer | null> {
    const [row] = await runSql<Row>(
      this.database.pool,
      Prisma.sql`
        select u.id as "userId", u.role::text as "role", u.is_guest as "isGuest",
               case when u.role = 'FACTORY' then u.factory_id end as "factoryId",
               ${this.staffNeedSecondFactor}::boolean and u.role in ('MANAGER', 'ADMIN') and not exists (
                 select from second_factors f where f.user_id = u.id and f.confirmed_at is not null
               ) as "needsSecondFactor"
        from sessions s join users u on u.id = s.user_id
        where s.id = ${sessionId}::uuid and s.ended_at is null and u.blocked_at is null`,
    )
    if (!row) return null
    // Until then they are customers in everything, so that no policy of any room has to think of it.
    const role = row.needsSecondFactor ? 'USER' : row.role
    return { kind: 'user', sessionId, ...row, role, isMachine: false }
  }
}
