import type { SenderRole } from '../../generated/prisma/enums.js'
import type { Transaction } from '../../platform/database/transaction.js'

/** A person's message as it was stored, for rooms above that tell others of it. */
export interface ChatMessageRecord {
  readonly id: string
  readonly orderId: string
  readonly senderId: string
  readonly senderRole: SenderRole
  readonly body: string
}

/** Hears of a message once, in the transaction that stores it; what it throws undoes the sending. */
export type ChatMessageListener = (tx: Transaction, message: ChatMessageRecord) => Promise<void>

/** That somebody has read the chat of an order. */
export interface ChatReadRecord {
  readonly orderId: string
  readonly userId: string
}

/** Hears of it in the transaction that notes it. */
export type ChatReadListener = (tx: Transaction, read: ChatReadRecord) => Promise<void>
