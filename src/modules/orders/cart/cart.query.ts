import type { Pool } from 'pg'
import { Prisma } from '../../../generated/prisma/client.js'
import type { Viewer } from '../../../kernel/viewer.js'
import { readFound } from '../../../platform/database/read-shape.js'
import type { Selection } from '../../../platform/database/selection.js'
import { requireSignedIn } from '../order.policy.js'
import { cartShape } from './cart.shape.js'
import type { Cart } from './cart.type.js'

export class CartQuery {
  constructor(private readonly pool: Pool) {}

  /** The viewer's own, with prices of now, in one statement. There is no way to ask for somebody else's. */
  own(viewer: Viewer, selection: Selection): Promise<Cart> {
    const { userId } = requireSignedIn(viewer)
    return readFound<Cart>(
      this.pool,
      { shape: cartShape, selection, where: Prisma.sql`t.id = ${userId}::uuid` },
      'cart',
    )
  }
}
