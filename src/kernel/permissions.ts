import type { Role } from '../generated/prisma/enums.js'
import type { Viewer } from './viewer.js'

const SIGNED_IN: readonly Role[] = ['USER', 'DESIGNER', 'FACTORY', 'MANAGER', 'ADMIN']
const CUSTOMERS: readonly Role[] = ['USER', 'DESIGNER', 'MANAGER', 'ADMIN']
const STAFF: readonly Role[] = ['MANAGER', 'ADMIN']

interface Rule {
  readonly roles: readonly Role[]
  readonly guests: boolean
}

const rule = (roles: readonly Role[], guests = true): Rule => ({ roles, guests })

/**
 * Who may call an operation at all, by role. Whether they may touch a given row is the rooms' policies' business.
 * Every root field names one of these, or is marked open.
 */
export const permissions = {
  'account.read': rule(SIGNED_IN),
  'session.end': rule(SIGNED_IN),
  'generation.create': rule(CUSTOMERS),
  'generation.read': rule(CUSTOMERS),
  'item.favorite': rule(SIGNED_IN),
  'order.create': rule(CUSTOMERS),
  'order.read': rule(SIGNED_IN),
  'order.cancel': rule(CUSTOMERS),
  'order.complete': rule(CUSTOMERS),
  'order.assign': rule(STAFF),
  'order.produce': rule(['FACTORY', ...STAFF]),
  'payment.create': rule(CUSTOMERS, false),
  'payment.read': rule(CUSTOMERS),
  'chat.read': rule(SIGNED_IN),
  'chat.send': rule(SIGNED_IN),
  'review.create': rule(CUSTOMERS, false),
  'review.reply': rule(['DESIGNER'], false),
} as const satisfies Record<string, Rule>

export type Permission = keyof typeof permissions

export function hasPermission(viewer: Viewer, permission: Permission): boolean {
  if (viewer.kind === 'visitor') return false
  const { roles, guests }: Rule = permissions[permission]
  return roles.includes(viewer.role) && (guests || !viewer.isGuest)
}
