import { many, one, page, Shape, value } from '../../platform/database/shape.js'
import { assetShape } from '../assets/index.js'
import { orderShape } from '../orders/index.js'
import { publicProfileShape } from '../users/index.js'

export const messageShape = new Shape('chat_messages', ['orderId', 'number'], {
  id: value('id'),
  orderId: value('order_id'),
  number: value('number'),
  sender: one(
    () => publicProfileShape,
    (message, profile) => `${profile}.id = ${message}.sender_id`,
  ),
  senderRole: value('sender_role'),
  body: value((message) => `case when ${message}.deleted_at is null then ${message}.body else '' end`),
  attachments: many(
    () => assetShape,
    'chat_attachments $a join assets $ on $.id = $a.asset_id',
    (message, asset) => `${asset}a.message_id = ${message}.id and ${message}.deleted_at is null`,
    (asset) => `${asset}a.position`,
  ),
  readBy: many(
    () => publicProfileShape,
    'chat_reads $r join users $ on $.id = $r.user_id',
    (message, reader) =>
      `${reader}r.order_id = ${message}.order_id and ${reader}r.up_to >= ${message}.number and ${reader}r.user_id is distinct from ${message}.sender_id`,
    (reader) => `${reader}.id`,
  ),
  clientMessageId: value('client_message_id'),
  createdAt: value('created_at'),
  editedAt: value('edited_at'),
  deletedAt: value('deleted_at'),
})

export const messageOrder = { keys: [{ column: 'number', type: 'bigint' }], descending: false } as const

orderShape.extend({
  messages: page(
    () => messageShape,
    (order, message) => `${message}.order_id = ${order}.id`,
    { keys: messageOrder.keys.map(({ column }) => column), descending: messageOrder.descending },
  ),
  // Read in the same statement as the messages, so nothing fits between the page and the cursor.
  lastMessageCursor: value(
    (order) =>
      `(select coalesce(max(${order}m.number), 0) from chat_messages ${order}m where ${order}m.order_id = ${order}.id)`,
  ),
})
