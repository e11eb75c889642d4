import { many, moneyValue, one, Shape, value } from '../../platform/database/shape.js'
import { assetShape } from '../assets/index.js'
import { factoryShape } from '../factories/index.js'
import { generationShape } from '../generations/index.js'
import { itemShape } from '../marketplace/index.js'
import { paymentShape } from '../payments/index.js'
import { publicProfileShape, userShape } from '../users/index.js'

// What is printed or downloaded for an item (its source file, or else its previews) or for a generation, by the id of either.
const filesBySource = `(
  select gi.generation_id as source_id, gi.position, a.* from generation_images gi join assets a on a.id = gi.asset_id
  union all
  select i.id, 0, a.* from marketplace_items i join assets a on a.id = i.source_file_id
  union all
  select p.item_id, p.position, a.* from item_previews p join assets a on a.id = p.asset_id
    join marketplace_items i on i.id = p.item_id and i.source_file_id is null
) $`

export const orderLineShape = new Shape('order_lines', ['productType'], {
  id: value('id'),
  item: one(
    () => itemShape,
    (line, item) => `${item}.id = ${line}.item_id`,
  ),
  generation: one(
    () => generationShape,
    (line, generation) => `${generation}.id = ${line}.generation_id`,
  ),
  title: value('title'),
  productType: value('product_type'),
  print: value('print'),
  quantity: value('quantity'),
  unitPrice: lineMoney('unit_amount'),
  total: lineMoney('total_amount'),
  files: many(
    () => assetShape,
    filesBySource,
    (line, file) => `${file}.source_id = coalesce(${line}.item_id, ${line}.generation_id)`,
    (file) => `${file}.position`,
  ),
})

// A line has no currency of its own: orders are priced in roubles.
function lineMoney(amount: string) {
  return value((line) => `json_build_object('amount', ${line}.${amount}, 'currency', 'RUB')`)
}

export const orderEventShape = new Shape('order_events', ['orderId', 'number'], {
  id: value('id'),
  orderId: value('order_id'),
  // A 64-bit number, and only ever put into cursors.
  number: value((event) => `${event}.number::text`),
  order: one(
    () => orderShape,
    (event, order) => `${order}.id = ${event}.order_id`,
  ),
  type: value('type'),
  fromStatus: value('from_status'),
  toStatus: value('to_status'),
  productionStage: value('production_stage'),
  actor: one(
    () => publicProfileShape,
    (event, actor) => `${actor}.id = ${event}.actor_id`,
  ),
  note: value('note'),
  occurredAt: value('occurred_at'),
})

/** How an Order is read. What its policies and `allowedTransitions` need is always there. */
export const orderShape: Shape = new Shape('orders', ['id', 'customerId', 'factoryId', 'status', 'productionStage'], {
  id: value('id'),
  customerId: value('customer_id'),
  factoryId: value('factory_id'),
  number: value('number'),
  customer: one(
    () => userShape,
    (order, customer) => `${customer}.id = ${order}.customer_id`,
  ),
  status: value('status'),
  lines: many(
    () => orderLineShape,
    'order_lines $',
    (order, line) => `${line}.order_id = ${order}.id`,
    (line) => `${line}.position`,
  ),
  subtotal: moneyValue('subtotal_amount'),
  rushFee: moneyValue('rush_fee_amount'),
  discount: moneyValue('discount_amount'),
  total: moneyValue('total_amount'),
  deliveryAddress: value('delivery_address'),
  note: value('note'),
  payments: many(
    () => paymentShape,
    'payments $',
    (order, payment) => `${payment}.purpose = 'ORDER' and ${payment}.reference_id = ${order}.id`,
    (payment) => `${payment}.created_at, ${payment}.id`,
  ),
  paidAt: value('paid_at'),
  factory: one(
    () => factoryShape,
    (order, factory) => `${factory}.id = ${order}.factory_id`,
  ),
  productionStage: value('production_stage'),
  productionDeadline: value('production_deadline'),
  trackingNumber: value('tracking_number'),
  cancellationReason: value('cancellation_reason'),
  history: many(
    () => orderEventShape,
    'order_events $',
    (order, event) => `${event}.order_id = ${order}.id`,
    (event) => `${event}.number`,
  ),
  // The number alone; its field resolver makes the cursor.
  lastEventCursor: value(
    (order) => `(select coalesce(max(number), 0)::text from order_events where order_id = ${order}.id)`,
  ),
  createdAt: value('created_at'),
  updatedAt: value('updated_at'),
})
