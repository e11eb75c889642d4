import { many, one, page, Shape, value } from '../../platform/database/shape.js'
import { assetShape } from '../assets/index.js'
import { orderEventShape, orderShape } from '../orders/index.js'
import { publicProfileShape } from '../users/index.js'
import { chatStream } from './chat-stream.js'

export const messageShape = new Shape('chat_messages', ['orderId', 'number'], {
  id: value('id'),
  orderId: value('order_id'),
  number: value('number'),
  sender: one(
    () => publicProfileShape,
    (message, profile) => `${profile}.id = ${message}.sender_id`,
  ),
  senderRole: value('sender_role'),
  body: value('body'),
  attachments: many(
    () => assetShape,
    'chat_attachments $a join assets $ on $.id = $a.asset_id',
    (message, asset) => `${asset}a.message_id = ${message}.id`,
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
  deletedBy: one(
    () => publicProfileShape,
    (message, profile) => `${profile}.id = ${message}.deleted_by_id`,
  ),
  event: one(
    () => orderEventShape,
    (message, event) => `${event}.id = ${message}.event_id`,
  ),
})

export const messageOrder = { keys: [{ column: 'number', type: 'bigint' }], descending: false } as const

orderShape.extend({
  messages: page(
    () => messageShape,
    (order, message) => `${message}.order_id = ${order}.id`,
    { keys: messageOrder.keys.map(({ column }) => column), descending: messageOrder.descending },
  ),
  // Read in the same statement as the messages, so nothing fits between the page and the cursor. The stream's own end: after the last
  // message may come edits and deletions, which the page has already.
  lastMessageCursor: value(
    (order) =>
      `(select ${order}s.last_number from event_streams ${order}s where ${order}s.name = '${chatStream('')}' || ${order}.id)`,
  ),
})
