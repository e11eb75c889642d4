import type { Role } from '../../../src/generated/prisma/enums.js'

/**
 * Everybody who might call, by what they are to one order: it was placed by `owner`, contains an item of `designer`, and is printed
 * by the factory of `factory` and `key`.
 */
export const viewers = {
  visitor: null,
  guest: { role: 'USER', isGuest: true },
  other: { role: 'USER' },
  owner: { role: 'USER' },
  designer: { role: 'DESIGNER' },
  /** Sells designs too, but none that is in the order. */
  rival: { role: 'DESIGNER' },
  factory: { role: 'FACTORY', worksAt: 'own' },
  foreign: { role: 'FACTORY', worksAt: 'foreign' },
  /** A program with an API key of the factory. */
  key: { role: 'FACTORY', worksAt: 'own', isMachine: true },
  manager: { role: 'MANAGER' },
  admin: { role: 'ADMIN' },
} as const satisfies Record<string, ViewerKind | null>

export interface ViewerKind {
  readonly role: Role
  readonly isGuest?: boolean
  readonly isMachine?: boolean
  readonly worksAt?: 'own' | 'foreign'
}

export type ViewerName = keyof typeof viewers

export const viewerNames = Object.keys(viewers) as ViewerName[]
