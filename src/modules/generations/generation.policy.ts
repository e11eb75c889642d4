import { Prisma } from '../../generated/prisma/client.js'
import { forbidden, notFound, unauthenticated } from '../../kernel/domain-error.js'
import { isStaff, type SignedInViewer, type Viewer } from '../../kernel/viewer.js'

/** A condition over the row `t`: the viewer's own generations; staff see all. */
export function visibleGenerations(viewer: Viewer): Prisma.Sql {
  if (viewer.kind === 'visitor') return Prisma.sql`false`
  return isStaff(viewer) ? Prisma.sql`true` : Prisma.sql`t.owner_id = ${viewer.userId}::uuid`
}

/** @throws NOT_FOUND to whom it is hidden, FORBIDDEN to staff, who see it but have no say in it */
export function requireOwner(viewer: Viewer, generation: { readonly ownerId: string } | null | undefined): void {
  if (viewer.kind === 'user' && generation?.ownerId === viewer.userId) return
  throw generation && isStaff(viewer)
    ? forbidden('Only the owner of a generation may do this.')
    : notFound('generation')
}

export function requireSignedIn(viewer: Viewer): SignedInViewer {
  if (viewer.kind === 'visitor') throw unauthenticated()
  return viewer
}
