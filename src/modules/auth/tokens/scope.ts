import type { Role } from '../../../generated/prisma/enums.js'

/** What a token may be used for. Not stored: it follows from the role. */
export const Scope = { READ: 'READ', WRITE: 'WRITE', ADMIN: 'ADMIN' } as const

export type Scope = (typeof Scope)[keyof typeof Scope]

/** READ and WRITE for everybody; ADMIN for the role ADMIN only. */
export const scopesOf = (role: Role): readonly Scope[] =>
  role === 'ADMIN' ? [Scope.READ, Scope.WRITE, Scope.ADMIN] : [Scope.READ, Scope.WRITE]
