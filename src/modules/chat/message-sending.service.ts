import { Prisma } from '../../generated/prisma/client.js'
import type { Clock } from '../../kernel/clock.js'
import { inputError, unauthenticated } from '../../kernel/domain-error.js'
import { newId } from '../../kernel/ids.js'
import type { Viewer } from '../../kernel/viewer.js'
import type { Database } from '../../platform/database/database.js'
import { inTransaction, type Transaction } from '../../platform/database/transaction.js'
import type { EventStreams } from '../../platform/events/event-streams.js'
import type { AssetStore } from '../assets/index.js'
import { senderRoleOf } from './chat.policy.js'
import type { OrderFinder } from './chat-access.js'
import { chatStream } from './chat-stream.js'
import { messageBody } from './message-body.js'
import type { ChatMessageListener } from './message-record.js'
import { moveReadMark } from './read-mark.js'
import type { SendMessageInput } from './send-message.input.js'

export interface MessageSendingDeps {
  readonly database: Database
  readonly streams: EventStreams
  readonly clock: Clock
  readonly assets: Pick<AssetStore, 'ownedBy'>
  readonly orders: OrderFinder
  /** Told of every message in the transaction that stores it. */
  readonly announce: ChatMessageListener
}

export class MessageSending {
  constructor(private readonly deps: MessageSendingDeps) {}

  /**
   * @returns the message's id; the first one's for a repeated `clientMessageId`
   * @throws NOT_FOUND, BAD_USER_INPUT for attachments of others and for a body of which nothing could be seen
   */
  async send(viewer: Viewer, input: SendMessageInput): Promise<string> {
    if (viewer.kind === 'visitor') throw unauthenticated()
    const senderRole = senderRoleOf(await this.deps.orders.find(viewer, input.orderId))
    const body = messageBody(input.body, 'input.body')
    const first = await this.findSent(viewer.userId, input)
    if (first) return first
    try {
      return await inTransaction(this.deps.database, (tx) =>
        this.write(tx, { ...input, body, senderId: viewer.userId, senderRole }),
      )
    } catch (error) {
      // Lost to its own duplicate. The number it took went back with its transaction, so the stream has no hole.
      const winner = isDuplicate(error) ? await this.findSent(viewer.userId, input) : undefined
      if (winner) return winner
      throw error
    }
  }

  private async write(
    tx: Transaction,
    message: SendMessageInput &
      Pick<Prisma.ChatMessageUncheckedCreateInput, 'senderRole'> & { readonly senderId: string },
  ): Promise<string> {
    const { orderId, senderId, senderRole, body, clientMessageId } = message
    const attachmentIds = await this.requireOwn(tx, senderId, message.attachmentIds ?? [])
    const id = newId()
    const stream = chatStream(orderId)
    const number = (await this.deps.streams.append(tx, [stream], id)).get(stream)
    if (number === undefined) throw new Error(`the stream ${stream} gave no number`)
    const createdAt = this.deps.clock.now()
    await tx.prisma.chatMessage.create({
      data: { id, orderId, number, senderId, senderRole, body, clientMessageId: clientMessageId ?? null, createdAt },
      select: { id: true },
    })
    if (attachmentIds.length > 0)
      await tx.prisma.chatAttachment.createMany({
        data: attachmentIds.map((assetId, position) => ({ messageId: id, position, assetId })),
      })
    await moveReadMark(tx.prisma, { orderId, userId: senderId, upTo: number })
    await this.deps.announce(tx, { id, orderId, senderId, senderRole, body })
    return id
  }

  private async requireOwn(tx: Transaction, ownerId: string, ids: readonly string[]): Promise<string[]> {
    if (ids.length === 0) return []
    const own = await this.deps.assets.ownedBy(tx, ownerId, ids)
    const wrong = ids.flatMap((id, index) =>
      own.has(id)
        ? []
        : [{ path: `input.attachmentIds.${index}`, message: 'must be an asset of yours whose file has come' }],
    )
    if (wrong.length > 0) throw inputError(wrong)
    return [...new Set(ids)]
  }

  private async findSent(
    senderId: string,
    { orderId, clientMessageId }: SendMessageInput,
  ): Promise<string | undefined> {
    if (clientMessageId == null) return undefined
    const sent = await this.deps.database.prisma.chatMessage.findUnique({
      where: { orderId_senderId_clientMessageId: { orderId, senderId, clientMessageId } },
      select: { id: true },
    })
    return sent?.id
  }
}

const isDuplicate = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002'
