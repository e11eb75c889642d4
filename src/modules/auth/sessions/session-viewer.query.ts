import { Prisma } from '../../../generated/prisma/client.js'
import type { SignedInViewer } from '../../../kernel/viewer.js'
import type { Database } from '../../../platform/database/database.js'
import { runSql } from '../../../platform/database/read-shape.js'

type Row = Pick<SignedInViewer, 'userId' | 'role' | 'isGuest' | 'isMachine' | 'factoryId' | 'needsSecondFactor'>

export class SessionViewerQuery {
  constructor(
    private readonly database: Database,
    private readonly staffNeedSecondFactor: boolean,
  ) {}

  /**
   * Who a session, or the key of a program, belongs to now. Null when it does not exist, has ended or was revoked, and when the
   * account is blocked or deleted.
   */
  async bySession(sessionId: string): Promise<SignedInViewer | null> {
    const [row] = await runSql<Row>(
      this.database.pool,
      Prisma.sql`
        select u.id as "userId", u.role::text as "role", u.is_guest as "isGuest",
               u.is_machine as "isMachine",
               case when u.role = 'FACTORY' then u.factory_id end as "factoryId",
               ${this.staffNeedSecondFactor}::boolean and u.role in ('MANAGER', 'ADMIN') and not exists (
                 select from second_factors f where f.user_id = u.id and f.confirmed_at is not null
               ) as "needsSecondFactor"
        from (
          select user_id from sessions where id = ${sessionId}::uuid and ended_at is null
          union all
          select user_id from factory_keys where id = ${sessionId}::uuid and revoked_at is null
        ) s join users u on u.id = s.user_id
        where u.blocked_at is null and u.deleted_at is null`,
    )
    if (!row) return null
    // Until then they are customers in everything, so that no policy of any room has to think of it.
    const role = row.needsSecondFactor ? 'USER' : row.role
    return { kind: 'user', sessionId, ...row, role }
  }
}
