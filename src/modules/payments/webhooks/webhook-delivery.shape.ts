import { Shape, value } from '../../../platform/database/shape.js'

export const webhookDeliveryShape = new Shape('webhook_deliveries', ['id'], {
  id: value('id'),
  direction: value(() => `'IN'`),
  provider: value('provider'),
  eventId: value('event_id'),
  eventType: value('event_type'),
  status: value('status'),
  attempts: value('attempts'),
  error: value('error'),
  receivedAt: value('received_at'),
  processedAt: value('processed_at'),
})
