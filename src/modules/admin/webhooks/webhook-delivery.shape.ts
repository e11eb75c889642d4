import { Shape, value } from '../../../platform/database/shape.js'

// Both logs in the words of one. Each side has an index on when and id, so that a page reads no more of either than it shows.
const bothWays = `(
  select id, 'IN' as direction, provider::text, event_id, event_type, status::text, attempts, error, received_at, processed_at
  from webhook_deliveries
  union all
  select id, 'OUT', factory_id::text, id::text, type, status::text, attempts, error, created_at, settled_at
  from factory_calls
)`

export const webhookDeliveryShape = new Shape(bothWays, ['id'], {
  id: value('id'),
  direction: value('direction'),
  provider: value('provider'),
  eventId: value('event_id'),
  eventType: value('event_type'),
  status: value('status'),
  attempts: value('attempts'),
  error: value('error'),
  receivedAt: value('received_at'),
  processedAt: value('processed_at'),
})
