import { Prisma } from '../../generated/prisma/client.js'
import { isStaff, type Viewer } from '../../kernel/viewer.js'

/** The items a viewer may see by themselves, as a condition over the row `t`: published ones, their own, and all of them for staff. */
export function visibleItems(viewer: Viewer): Prisma.Sql {
  if (isStaff(viewer)) return Prisma.sql`true`
  if (viewer.kind === 'visitor') return Prisma.sql`t.status = 'PUBLISHED'`
  return Prisma.sql`(t.status = 'PUBLISHED' or t.designer_id = ${viewer.userId}::uuid)`
}
