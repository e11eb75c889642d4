import type { SenderRole } from '../../generated/prisma/enums.js'
import { notFound } from '../../kernel/domain-error.js'

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
