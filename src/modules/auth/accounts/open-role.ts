import type { Role } from '../../../generated/prisma/enums.js'

/** The roles that anybody may take when registering. Every other one is given by an ADMIN. */
export const OPEN_ROLES = ['USER', 'DESIGNER'] as const satisfies readonly Role[]

export type OpenRole = (typeof OPEN_ROLES)[number]
