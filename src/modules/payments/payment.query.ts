import { Prisma } from '../../generated/prisma/client.js'
import type { PaymentStatus } from '../../generated/prisma/enums.js'
import type { Viewer } from '../../kernel/viewer.js'
import type { Page, PageArguments } from '../../platform/database/page.js'
import { newestFirst, readFound, readPage } from '../../platform/database/read-shape.js'
import type { Selection } from '../../platform/database/selection.js'
import type { Platform } from '../../platform/platform.js'
import { visiblePayments } from './payment.policy.js'
import { paymentShape } from './payment.shape.js'
import type { Payment } from './payment.type.js'

export class PaymentQuery {
  constructor(private readonly platform: Pick<Platform, 'database' | 'cursors'>) {}

  /** @throws NOT_FOUND when there is no such payment or the viewer may not see it */
  byId(viewer: Viewer, id: string, selection: Selection): Promise<Payment> {
    const where = Prisma.sql`t.id = ${id}::uuid and ${visiblePayments(viewer)}`
    return readFound(this.platform.database.pool, { shape: paymentShape, selection, where }, 'payment')
  }

  /** Those that the viewer may see, the latest first. @param status all when empty */
  list(
    viewer: Viewer,
    status: readonly PaymentStatus[],
    page: PageArguments,
    selection: Selection,
  ): Promise<Page<Payment>> {
    const wanted = status.length > 0 ? Prisma.sql` and t.status = any (${status}::payment_status[])` : Prisma.empty
    return readPage<Payment>(this.platform.database.pool, {
      shape: paymentShape,
      selection,
      where: Prisma.sql`${visiblePayments(viewer)}${wanted}`,
      cursors: this.platform.cursors,
      scope: 'payments',
      order: newestFirst,
      page,
    })
  }
}
