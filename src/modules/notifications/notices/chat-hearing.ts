import type { Clock } from '../../../kernel/clock.js'
import type { Transaction } from '../../../platform/database/transaction.js'
import type { ChatMessageListener, ChatReadListener } from '../../chat/index.js'
import type { Audience } from '../notice.js'
import type { NoticeBoard } from '../notice-board.js'
import { messageSent } from './work-words.js'

const EVENT = 'chat.message'

interface Participants {
  readonly number: string
  readonly customerId: string
  readonly factoryId: string | null
  readonly designerIds: readonly string[]
  /** Staff who have written in this chat. */
  readonly staffIds: readonly string[]
}

/**
 * Tells the other participants that somebody wrote, once until they have read it. A customer's message goes to every MANAGER until one of
 * the staff has answered in that chat, and from then on to those who did.
 */
export function chatHearing(board: NoticeBoard, clock: Clock): ChatMessageListener {
  return async (tx, { id, orderId, senderId, senderRole }) => {
    // Whoever writes has read what was said before.
    await readChat(tx, { orderId, userId: senderId }, clock.now())
    const order = await participantsOf(tx, orderId)
    if (!order) return
    board.notify(tx, {
      event: EVENT,
      type: 'SUPPORT',
      source: `chat-message:${id}`,
      orderId,
      to: { ...audienceOf(order, senderRole === 'CUSTOMER'), exceptId: senderId },
      words: messageSent(order.number, senderRole),
      isOnceUntilRead: true,
    })
  }
}

/** What was told of a chat is read with it. */
export const chatReadHearing =
  (clock: Clock): ChatReadListener =>
  (tx, read) =>
    readChat(tx, read, clock.now())

const audienceOf = (
  { customerId, factoryId, designerIds, staffIds }: Participants,
  isOfCustomer: boolean,
): Audience => ({
  userIds: [customerId, ...designerIds, ...staffIds],
  factoryId,
  managers: isOfCustomer && staffIds.length === 0,
})

async function participantsOf(tx: Transaction, orderId: string): Promise<Participants | undefined> {
  const [order] = await tx.prisma.$queryRaw<Participants[]>`
    select o.number, o.customer_id::text as "customerId", o.factory_id::text as "factoryId",
      array(select distinct i.designer_id::text from order_lines l join marketplace_items i on i.id = l.item_id join users u on u.id = i.designer_id
        where l.order_id = o.id and u.role = 'DESIGNER') as "designerIds",
      array(select distinct m.sender_id::text from chat_messages m join users u on u.id = m.sender_id
        where m.order_id = o.id and m.sender_role = 'SUPPORT' and u.role in ('MANAGER', 'ADMIN')) as "staffIds"
    from orders o where o.id = ${orderId}::uuid`
  return order
}

async function readChat(
  tx: Transaction,
  { orderId, userId }: { orderId: string; userId: string },
  now: Date,
): Promise<void> {
  await tx.prisma.notification.updateMany({
    where: { userId, orderId, event: EVENT, status: 'UNREAD' },
    data: { status: 'READ', readAt: now },
  })
}
