import { Prisma } from '../../../generated/prisma/client.js'
import type { Page, PageArguments } from '../../../platform/database/page.js'
import { type KeysetOrder, readFound, readPage } from '../../../platform/database/read-shape.js'
import type { Selection } from '../../../platform/database/selection.js'
import type { Platform } from '../../../platform/platform.js'
import { webhookDeliveryShape } from './webhook-delivery.shape.js'
import type { WebhookDelivery } from './webhook-delivery.type.js'

const order: KeysetOrder = {
  keys: [
    { column: 'received_at', type: 'timestamptz' },
    { column: 'id', type: 'uuid' },
  ],
  descending: true,
}

/** Webhooks both ways, for staff: who may ask, the marks of the fields say. */
export class WebhookDeliveryQuery {
  constructor(private readonly platform: Pick<Platform, 'database' | 'cursors'>) {}

  /** The latest first. */
  list(page: PageArguments, selection: Selection): Promise<Page<WebhookDelivery>> {
    return readPage<WebhookDelivery>(this.platform.database.pool, {
      shape: webhookDeliveryShape,
      selection,
      where: Prisma.sql`true`,
      cursors: this.platform.cursors,
      scope: 'webhook-deliveries',
      order,
      page,
    })
  }

  /** @throws NOT_FOUND */
  byId(id: string, selection: Selection): Promise<WebhookDelivery> {
    const where = Prisma.sql`t.id = ${id}::uuid`
    return readFound(this.platform.database.pool, { shape: webhookDeliveryShape, selection, where }, 'webhook delivery')
  }
}
