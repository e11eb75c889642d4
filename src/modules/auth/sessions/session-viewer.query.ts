import { Prisma } from '../../../generated/prisma/client.js'
import type { SignedInViewer } from '../../../kernel/viewer.js'
import type { Database } from '../../../platform/database/database.js'
import { gathered } from '../../../platform/database/gathered.js'
import { runSql } from '../../../platform/database/read-shape.js'

type Row = Pick<
  SignedInViewer,
  'sessionId' | 'userId' | 'role' | 'isGuest' | 'isMachine' | 'factoryId' | 'needsSecondFactor'
>

export class SessionViewerQuery {
  private readonly rowOf: (sessionId: string) => Promise<Row | undefined>

  constructor(database: Pick<Database, 'pool'>, staffNeedSecondFactor: boolean) {
    this.rowOf = gathered((sessionIds) => readRows(database, sessionIds, staffNeedSecondFactor))
  }

  /**
   * Who a session, or the key of a program, belongs to now. Null when it does not exist, has ended or was revoked, and when the
   * account is blocked or deleted. All who come at once, as after a restart, are found by one statement.
   */
  async bySession(sessionId: string): Promise<SignedInViewer | null> {
    const row = await this.rowOf(sessionId)
    if (!row) return null
    // Until then they are customers in everything, so that no policy of any room has to think of it.
    const role = row.needsSecondFactor ? 'USER' : row.role
    return { kind: 'user', ...row, role }
  }
}

async function readRows(
  { pool }: Pick<Database, 'pool'>,
  sessionIds: readonly string[],
  staffNeedSecondFactor: boolean,
): Promise<ReadonlyMap<string, Row>> {
  const rows = await runSql<Row>(
    pool,
    Prisma.sql`
      select s.id as "sessionId", u.id as "userId", u.role::text as "role", u.is_guest as "isGuest",
             u.is_machine as "isMachine",
             case when u.role = 'FACTORY' then u.factory_id end as "factoryId",
             ${staffNeedSecondFactor}::boolean and u.role in ('MANAGER', 'ADMIN') and not exists (
               select from second_factors f where f.user_id = u.id and f.confirmed_at is not null
             ) as "needsSecondFactor"
      from (
        select id, user_id from sessions where id = any (${[...sessionIds]}::uuid[]) and ended_at is null
        union all
        select id, user_id from factory_keys where id = any (${[...sessionIds]}::uuid[]) and revoked_at is null
      ) s join users u on u.id = s.user_id
      where u.blocked_at is null and u.deleted_at is null`,
  )
  return new Map(rows.map((row) => [row.sessionId, row]))
}
