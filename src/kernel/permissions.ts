import type { Role } from '../generated/prisma/enums.js'
import type { Viewer } from './viewer.js'

const SIGNED_IN: readonly Role[] = ['USER', 'DESIGNER', 'FACTORY', 'MANAGER', 'ADMIN']
const CUSTOMERS: readonly Role[] = ['USER', 'DESIGNER', 'MANAGER', 'ADMIN']
const STAFF: readonly Role[] = ['MANAGER', 'ADMIN']
const ADMINS: readonly Role[] = ['ADMIN']

interface Rule {
  readonly roles: readonly Role[]
  readonly guests: boolean
  /** Programs with an API key of their factory. */
  readonly machines: boolean
}

const rule = (roles: readonly Role[], { guests = true, machines = true } = {}): Rule => ({ roles, guests, machines })

const noGuests = { guests: false }
const people = { machines: false }
const members = { guests: false, machines: false }

/**
 * Who may call an operation at all, by role. Whether they may touch a given row is the rooms' policies' business.
 * Every root field names one of these, or is marked open.
 */
export const permissions = {
  'account.read': rule(SIGNED_IN),
  'account.manage': rule(SIGNED_IN, people),
  'account.delete': rule(SIGNED_IN, people),
  'account.standing': rule(ADMINS),
  'session.manage': rule(SIGNED_IN, people),
  'second-factor.manage': rule(SIGNED_IN, members),
  'guest.upgrade': rule(['USER'], people),
  'factory-key.manage': rule(ADMINS),
  'factory.manage': rule(ADMINS),
  'asset.upload': rule(SIGNED_IN),
  'generation.create': rule(CUSTOMERS),
  'generation.read': rule(CUSTOMERS),
  'item.favorite': rule(SIGNED_IN),
  'cart.manage': rule(CUSTOMERS),
  'order.create': rule(CUSTOMERS),
  'order.read': rule(SIGNED_IN),
  'order.cancel': rule(CUSTOMERS),
  'order.complete': rule(CUSTOMERS),
  'order.assign': rule(STAFF),
  'order.produce': rule(['FACTORY', ...STAFF]),
  'payment.create': rule(CUSTOMERS, noGuests),
  'plan.manage': rule(CUSTOMERS, noGuests),
  'payment.refund': rule(STAFF),
  'webhook.retry': rule(STAFF),
  'admin.read': rule(STAFF),
  'payment.read': rule(CUSTOMERS),
  'chat.read': rule(SIGNED_IN),
  'chat.send': rule(SIGNED_IN),
  'notification.read': rule(SIGNED_IN, people),
  'notification.manage': rule(SIGNED_IN, people),
  'review.create': rule(CUSTOMERS, noGuests),
  'review.reply': rule(['DESIGNER'], noGuests),
} as const satisfies Record<string, Rule>

export type Permission = keyof typeof permissions

export function hasPermission(viewer: Viewer, permission: Permission): boolean {
  if (viewer.kind === 'visitor') return false
  const { roles, guests, machines }: Rule = permissions[permission]
  return roles.includes(viewer.role) && (guests || !viewer.isGuest) && (machines || !viewer.isMachine)
}
