import { Prisma } from '../../generated/prisma/client.js'
import type { OrderStatus } from '../../generated/prisma/enums.js'
import { unauthenticated } from '../../kernel/domain-error.js'
import { isStaff, type SignedInViewer, type Viewer } from '../../kernel/viewer.js'
import type { Order } from './order.type.js'
import type { OrderActor } from './order-lifecycle.js'
import type { OrderLine } from './order-line.type.js'

/** Whose an order is: read with every order, for the policies of its fields. */
export interface OrderParties {
  readonly customerId: string
  readonly factoryId: string | null
}

/** What a viewer is to an order. Nothing for strangers and for designers, who see it without a part in its course. */
export function actorsOf(viewer: Viewer, { customerId, factoryId }: OrderParties): OrderActor[] {
  if (viewer.kind === 'visitor') return []
  const actors: OrderActor[] = []
  if (viewer.userId === customerId) actors.push('CUSTOMER')
  if (viewer.role === 'FACTORY' && factoryId !== null && viewer.factoryId === factoryId) actors.push('FACTORY')
  if (isStaff(viewer)) actors.push('STAFF')
  return actors
}

/** Payments, and what the customer made: the customer's and staff's business, not the factory's or a designer's. */
export const maySeePurchase = (viewer: Viewer, order: OrderParties): boolean =>
  actorsOf(viewer, order).some((actor) => actor === 'CUSTOMER' || actor === 'STAFF')

/** Address and note: whoever has to do with the delivery. Designers of its items do not. */
export const maySeeDelivery = (viewer: Viewer, order: OrderParties): boolean => actorsOf(viewer, order).length > 0

const released: ReadonlySet<OrderStatus> = new Set(['PAID', 'PRODUCTION', 'SHIPPED', 'COMPLETED'])

/** Print files: the factory that prints them and staff; the customer those of DIGITAL lines, from payment on. */
function mayTakeFiles(
  viewer: Viewer,
  order: OrderParties & { readonly status: OrderStatus },
  { productType }: OrderLine,
): boolean {
  const actors = actorsOf(viewer, order)
  if (actors.includes('FACTORY') || actors.includes('STAFF')) return true
  return actors.includes('CUSTOMER') && productType === 'DIGITAL' && released.has(order.status)
}

/** The lines as this viewer may see them: without the customer's generations and without files that are not theirs to take. */
export function visibleLines(viewer: Viewer, order: Order): OrderLine[] {
  const seesGeneration = maySeePurchase(viewer, order)
  return (order.lines ?? []).map((line) => {
    const hidesGeneration = line.generation != null && !seesGeneration
    const hidesFiles = line.files?.length > 0 && !mayTakeFiles(viewer, order, line)
    if (!hidesGeneration && !hidesFiles) return line
    return { ...line, ...(hidesGeneration && { generation: null }), ...(hidesFiles && { files: [] }) }
  })
}

/** A condition over orders `t`: the viewer's own, those of their factory, or all for staff. What `orders` lists. */
export function visibleOrders(viewer: Viewer): Prisma.Sql {
  if (viewer.kind === 'visitor') return Prisma.sql`false`
  if (isStaff(viewer)) return Prisma.sql`true`
  if (viewer.role === 'FACTORY') return Prisma.sql`t.factory_id = ${viewer.factoryId}::uuid`
  return Prisma.sql`t.customer_id = ${viewer.userId}::uuid`
}

/** Those, and orders that contain an item of the viewer's design: who sees one order by its id and talks in its chat. */
export function participatingOrders(viewer: Viewer): Prisma.Sql {
  if (viewer.kind === 'visitor' || viewer.role !== 'DESIGNER') return visibleOrders(viewer)
  return Prisma.sql`(${visibleOrders(viewer)} or exists (
    select 1 from order_lines l join marketplace_items i on i.id = l.item_id
    where l.order_id = t.id and i.designer_id = ${viewer.userId}::uuid))`
}

/** @throws UNAUTHENTICATED */
export function requireSignedIn(viewer: Viewer): SignedInViewer {
  if (viewer.kind === 'visitor') throw unauthenticated()
  return viewer
}
