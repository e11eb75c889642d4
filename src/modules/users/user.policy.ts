import { forbidden } from '../../kernel/domain-error.js'
import { isSelf, isStaff, type Viewer } from '../../kernel/viewer.js'

/** Whether `viewer` may see what is private to an account: themselves, MANAGER and ADMIN. */
export const isPrivateTo = (viewer: Viewer, userId: string): boolean => isSelf(viewer, userId) || isStaff(viewer)

/** @throws FORBIDDEN unless `viewer` may see what is private to the account */
export function requirePrivateTo(viewer: Viewer, userId: string): void {
  if (!isPrivateTo(viewer, userId)) throw forbidden('Only the person themselves and staff may see this.')
}
