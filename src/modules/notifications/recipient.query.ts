import { Prisma } from '../../generated/prisma/client.js'
import type { Locale, NotificationType } from '../../generated/prisma/enums.js'
import type { Transaction } from '../../platform/database/transaction.js'
import type { Notice } from './notice.js'

/** Of people who are told because of their role, at most so many. */
const MANY = 200

/** Somebody who is told of the notice that stands at `notice` in its list. */
export interface Recipient {
  readonly notice: number
  readonly userId: string
  readonly locale: Locale
  readonly hasEmail: boolean
  readonly hasTelegram: boolean
  /** Null: the defaults hold. */
  readonly email: readonly NotificationType[] | null
  readonly telegram: readonly NotificationType[] | null
}

/** Who is told of some notices, by user and then in the order of the notices. */
export function recipientsOf(tx: Transaction, notices: readonly Notice[]): Promise<Recipient[]> {
  const audiences = notices.map(
    ({ to: { userIds = [], factoryId = null, managers = false, exceptId = null } }, notice) => ({
      ...{ notice, userIds, factoryId, managers, exceptId },
    }),
  )
  return tx.prisma.$queryRaw<Recipient[]>(Prisma.sql`
    with audiences as (
      select * from json_to_recordset(${JSON.stringify(audiences)}::json)
        as a (notice int, "userIds" uuid[], "factoryId" uuid, managers boolean, "exceptId" uuid)),
    people as (
      select a.notice, wanted.id from audiences a, unnest(a."userIds") as wanted (id)
      union
      (select a.notice, u.id from audiences a join users u on u.factory_id = a."factoryId" and u.role = 'FACTORY' order by u.id limit ${MANY})
      union
      (select a.notice, u.id from audiences a join users u on u.role = 'MANAGER' where a.managers order by u.id limit ${MANY}))
    select p.notice, u.id::text as "userId", u.locale::text, u.email_verified_at is not null and u.email is not null as "hasEmail",
      exists (select from identities i where i.user_id = u.id and i.provider = 'TELEGRAM') as "hasTelegram",
      c.email::text[], c.telegram::text[]
    from people p join audiences a on a.notice = p.notice join users u on u.id = p.id
    left join notification_preferences c on c.user_id = u.id
    where u.blocked_at is null and u.deleted_at is null and not u.is_machine and u.id is distinct from a."exceptId"
    order by u.id, p.notice`)
}
