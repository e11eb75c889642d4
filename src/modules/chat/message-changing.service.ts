import type { Clock } from '../../kernel/clock.js'
import { notFound, unauthenticated } from '../../kernel/domain-error.js'
import type { SignedInViewer, Viewer } from '../../kernel/viewer.js'
import { recordDeed } from '../../platform/audit/audit-log.js'
import type { Database } from '../../platform/database/database.js'
import { inTransaction, type Transaction } from '../../platform/database/transaction.js'
import type { EventStreams } from '../../platform/events/event-streams.js'
import type { AssetStore } from '../assets/index.js'
import { type ChangeableMessage, deletionBy, requireEditable } from './chat.policy.js'
import type { OrderFinder } from './chat-access.js'
import { chatStream } from './chat-stream.js'
import type { EditMessageArgs } from './edit-message.args.js'
import { messageBody } from './message-body.js'

export interface MessageChangingDeps {
  readonly database: Database
  readonly streams: EventStreams
  readonly clock: Clock
  readonly assets: Pick<AssetStore, 'dropUnused'>
  readonly orders: OrderFinder
}

interface LockedMessage extends ChangeableMessage {
  readonly id: string
  readonly orderId: string
  readonly body: string
}

/** Edits and deletions. Each is an event of the chat whose subject is the message, so followers get it again as it is then. */
export class MessageChanging {
  constructor(private readonly deps: MessageChangingDeps) {}

  /**
   * @returns the message's id; nothing happens when it says this already
   * @throws NOT_FOUND, FORBIDDEN, INVALID_TRANSITION, BAD_USER_INPUT
   */
  async edit(viewer: Viewer, { id, body: raw }: EditMessageArgs): Promise<string> {
    const { userId } = await this.admit(viewer, id)
    const body = messageBody(raw, 'body')
    return inTransaction(this.deps.database, async (tx) => {
      const message = await lockMessage(tx, id)
      const now = this.deps.clock.now()
      requireEditable(message, userId, now)
      if (message.body === body) return id
      await tx.prisma.chatMessage.updateMany({ where: { id }, data: { body, editedAt: now } })
      await this.announce(tx, message)
      return id
    })
  }

  /**
   * Takes the words and the attachments away for good; the message keeps its place.
   * @returns the message's id; nothing happens when it is deleted already
   * @throws NOT_FOUND, FORBIDDEN, INVALID_TRANSITION
   */
  async remove(viewer: Viewer, id: string, ip: string | null): Promise<string> {
    const participant = await this.admit(viewer, id)
    return inTransaction(this.deps.database, async (tx) => {
      const message = await lockMessage(tx, id)
      const now = this.deps.clock.now()
      const by = deletionBy(message, participant, now)
      if (message.deletedAt) return id
      const { userId } = participant
      await tx.prisma.chatMessage.updateMany({ where: { id }, data: { body: '', deletedAt: now, deletedById: userId } })
      await this.dropAttachments(tx, id)
      if (by === 'moderator') await this.recordModeration(tx, message, { actorId: userId, at: now, ip })
      await this.announce(tx, message)
      return id
    })
  }

  // Asked before anything is locked or told: to who takes no part, the message does not exist.
  private async admit(viewer: Viewer, id: string): Promise<SignedInViewer & { readonly isStaff: boolean }> {
    if (viewer.kind === 'visitor') throw unauthenticated()
    const message = await this.deps.database.prisma.chatMessage.findUnique({ where: { id }, select: { orderId: true } })
    if (!message) throw notFound('message')
    const { isStaff } = await this.deps.orders.find(viewer, message.orderId)
    return { ...viewer, isStaff }
  }

  private async announce(tx: Transaction, { id, orderId }: LockedMessage): Promise<void> {
    await this.deps.streams.append(tx, [chatStream(orderId)], id)
  }

  private async dropAttachments(tx: Transaction, messageId: string): Promise<void> {
    const attached = await tx.prisma.chatAttachment.findMany({ where: { messageId }, select: { assetId: true } })
    await tx.prisma.chatAttachment.deleteMany({ where: { messageId } })
    await this.deps.assets.dropUnused(
      tx,
      attached.map(({ assetId }) => assetId),
    )
  }

  private async recordModeration(
    tx: Transaction,
    message: LockedMessage,
    { at, ...who }: { readonly actorId: string; readonly ip: string | null; readonly at: Date },
  ): Promise<void> {
    await recordDeed(tx, this.deps.clock, {
      ...who,
      action: 'chat.delete-message',
      subjectType: 'ChatMessage',
      subjectId: message.id,
      changes: { deletedAt: { from: null, to: at.toISOString() } },
    })
  }
}

/** The row lock is what puts two changes of one message one after the other. */
async function lockMessage(tx: Transaction, id: string): Promise<LockedMessage> {
  const [message] = await tx.prisma.$queryRaw<LockedMessage[]>`
    select id::text, order_id::text as "orderId", sender_id::text as "senderId", sender_role::text as "senderRole", body,
      created_at as "createdAt", deleted_at as "deletedAt"
    from chat_messages where id = ${id}::uuid for no key update`
  if (!message) throw notFound('message')
  return message
}
