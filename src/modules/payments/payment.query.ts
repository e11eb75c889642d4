import { Prisma } from '../../generated/prisma/client.js'
import type { Viewer } from '../../kernel/viewer.js'
import { readFound } from '../../platform/database/read-shape.js'
import type { Selection } from '../../platform/database/selection.js'
import type { Platform } from '../../platform/platform.js'
import { visiblePayments } from './payment.policy.js'
import { paymentShape } from './payment.shape.js'
import type { Payment } from './payment.type.js'

export class PaymentQuery {
  constructor(private readonly platform: Pick<Platform, 'database'>) {}

  /** @throws NOT_FOUND when there is no such payment or the viewer may not see it */
  byId(viewer: Viewer, id: string, selection: Selection): Promise<Payment> {
    const where = Prisma.sql`t.id = ${id}::uuid and ${visiblePayments(viewer)}`
    return readFound(this.platform.database.pool, { shape: paymentShape, selection, where }, 'payment')
  }
}
