import type { Role } from '../generated/prisma/enums.js'

/** Who is asking, as the database knew them seconds ago at most. */
export interface SignedInViewer {
  readonly kind: 'user'
  readonly userId: string
  /** The session of a person, or the API key of a program. */
  readonly sessionId: string
  /** What the viewer may act as: USER while `needsSecondFactor`, whatever the account's own role is. */
  readonly role: Role
  readonly isGuest: boolean
  /** A program with an API key of its factory, rather than a person with a session. */
  readonly isMachine: boolean
  /** Whether configuration demands a second factor for the account's role and it has none yet. */
  readonly needsSecondFactor: boolean
  /** The factory this viewer works for; null for everybody but role FACTORY. */
  readonly factoryId: string | null
}

export interface Visitor {
  readonly kind: 'visitor'
}

export type Viewer = SignedInViewer | Visitor

export const visitor: Visitor = { kind: 'visitor' }

/** Who somebody proved to be. */
export interface Authenticated {
  readonly viewer: Viewer
  /** When the proof itself expires; null when it does not. */
  readonly expiresAt: Date | null
}

/** MANAGER and ADMIN: they see every order, payment and person. */
export const isStaff = (viewer: Viewer): boolean =>
  viewer.kind === 'user' && (viewer.role === 'MANAGER' || viewer.role === 'ADMIN')

export const isSelf = (viewer: Viewer, userId: string): boolean => viewer.kind === 'user' && viewer.userId === userId
