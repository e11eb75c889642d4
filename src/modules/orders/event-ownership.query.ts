import type { Pool } from 'pg'
import { Prisma } from '../../generated/prisma/client.js'
import type { Role } from '../../generated/prisma/enums.js'
import { gathered } from '../../platform/database/gathered.js'
import { runSql } from '../../platform/database/read-shape.js'

/** Whose the order of an event is now, and what an account is. */
export interface EventOwnership {
  readonly customerId: string
  readonly factoryId: string | null
  readonly role: Role
  readonly viewerFactoryId: string | null
}

/** Undefined for events that are gone and accounts that are blocked. All who ask at once are answered by one statement. */
export type OwnershipOf = (eventId: string, userId: string) => Promise<EventOwnership | undefined>

export function eventOwnership(pool: Pool): OwnershipOf {
  const ownership = gathered((pairs) => readOwnership(pool, pairs))
  return (eventId, userId) => ownership(`${eventId} ${userId}`)
}

async function readOwnership(pool: Pool, pairs: readonly string[]): Promise<ReadonlyMap<string, EventOwnership>> {
  const asked = pairs.map((pair) => pair.split(' '))
  const rows = await runSql<EventOwnership & { readonly pair: number }>(
    pool,
    Prisma.sql`
      select asked.pair::int, t.customer_id as "customerId", t.factory_id as "factoryId", u.role::text, u.factory_id as "viewerFactoryId"
      from unnest(${asked.map(([eventId]) => eventId)}::uuid[], ${asked.map(([, userId]) => userId)}::uuid[])
        with ordinality as asked (event_id, user_id, pair)
      join order_events e on e.id = asked.event_id join orders t on t.id = e.order_id join users u on u.id = asked.user_id
      where u.blocked_at is null`,
  )
  return new Map(rows.map(({ pair, ...ownership }) => [pairs[pair - 1] ?? '', ownership]))
}
