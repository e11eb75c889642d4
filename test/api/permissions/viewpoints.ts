import type { Viewpoints } from './looking.js'
import type { World } from './world.js'

/** Where the paths of the private fields begin. */
export async function openViewpoints(world: World): Promise<Viewpoints> {
  const { standing, workplaces, cast } = world
  await world.fillCart(cast.owner.id)
  await world.addReview()
  const byId = (field: string, id: string) => ({ field, args: `id: "${id}"` })
  return {
    order: byId('order', standing.order),
    digital: byId('order', await world.addOrder('PAID', null, 'DIGITAL')),
    unpaid: byId('order', await world.addOrder('CREATED', null, 'DIGITAL')),
    item: byId('marketplaceItem', standing.item),
    factory: byId('factory', workplaces.own),
    orders: { field: 'orders', args: `filter: { customerId: "${cast.owner.id}" }` },
    cart: { field: 'cart', args: '' },
    admin: { field: 'admin', args: '' },
    me: { field: 'me', args: '' },
  }
}
