import type { Role } from '../generated/prisma/enums.js'

/** Who is asking, as the database knew them seconds ago at most. */
export interface SignedInViewer {
  readonly kind: 'user'
  readonly userId: string
  readonly sessionId: string
  readonly role: Role
  readonly isGuest: boolean
  /** The factory this viewer works for; null for everybody but role FACTORY. */
  readonly factoryId: string | null
}

export interface Visitor {
  readonly kind: 'visitor'
}

export type Viewer = SignedInViewer | Visitor

export const visitor: Visitor = { kind: 'visitor' }

/** MANAGER and ADMIN: they see every order, payment and person. */
export const isStaff = (viewer: Viewer): boolean =>
  viewer.kind === 'user' && (viewer.role === 'MANAGER' || viewer.role === 'ADMIN')

export const isSelf = (viewer: Viewer, userId: string): boolean => viewer.kind === 'user' && viewer.userId === userId
