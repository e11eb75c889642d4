import { Prisma } from '../../generated/prisma/client.js'
import { isStaff, type Viewer } from '../../kernel/viewer.js'

/** A condition over a payment `t`: its owner and staff see it, nobody else knows that it exists. */
export function visiblePayments(viewer: Viewer): Prisma.Sql {
  if (viewer.kind === 'visitor') return Prisma.sql`false`
  return isStaff(viewer) ? Prisma.sql`true` : Prisma.sql`t.user_id = ${viewer.userId}::uuid`
}
