import type { SenderRole } from '../../generated/prisma/enums.js'
import { DomainError, forbidden, notFound } from '../../kernel/domain-error.js'

/** How a viewer takes part in an order. */
export interface Participation {
  readonly isCustomer: boolean
  readonly isDesigner: boolean
  readonly isFactory: boolean
  readonly isStaff: boolean
}

/**
 * As what they speak: who bought or made something speaks for themselves even when they are staff too.
 * @throws NOT_FOUND for who takes no part
 */
export function senderRoleOf({ isCustomer, isDesigner, isFactory, isStaff }: Participation): SenderRole {
  if (isCustomer) return 'CUSTOMER'
  if (isDesigner) return 'DESIGNER'
  if (isFactory) return 'FACTORY'
  if (isStaff) return 'SUPPORT'
  throw notFound('order')
}

/** What decides whether a message may be changed. */
export interface ChangeableMessage {
  readonly senderId: string | null
  readonly senderRole: SenderRole
  readonly createdAt: Date
  readonly deletedAt: Date | null
}

/** How long a sender may edit or delete a message. */
export const CHANGE_WINDOW_MS = 15 * 60_000

const isInTime = ({ createdAt }: ChangeableMessage, now: Date): boolean =>
  now.getTime() < createdAt.getTime() + CHANGE_WINDOW_MS

/** @throws FORBIDDEN for the message of somebody else, INVALID_TRANSITION once it is deleted or 15 minutes old */
export function requireEditable(message: ChangeableMessage, userId: string, now: Date): void {
  if (message.senderId !== userId) throw forbidden('Only its sender may edit a message.')
  if (message.deletedAt) throw new DomainError('INVALID_TRANSITION', 'A deleted message cannot be edited.')
  if (!isInTime(message, now)) throw tooLate()
}

/**
 * Whether taking the message away is the sender's own doing or moderation.
 * @throws FORBIDDEN for what the viewer may only read, INVALID_TRANSITION for an own message that is 15 minutes old
 */
export function deletionBy(
  message: ChangeableMessage,
  viewer: { readonly userId: string; readonly isStaff: boolean },
  now: Date,
): 'sender' | 'moderator' {
  if (message.senderRole === 'SYSTEM') throw forbidden('What the order itself said stays.')
  const isOwn = message.senderId === viewer.userId
  if (isOwn && isInTime(message, now)) return 'sender'
  if (viewer.isStaff) return 'moderator'
  throw isOwn ? tooLate() : forbidden('Only its sender and staff may delete a message.')
}

const tooLate = () =>
  new DomainError('INVALID_TRANSITION', 'A message can be edited and deleted for 15 minutes after it was sent.')
