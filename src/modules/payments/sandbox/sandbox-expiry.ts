const TIME_TO_PAY_MS = 30 * 60 * 1000

/** Until when a sandbox payment can be paid. */
export const sandboxExpiry = (createdAt: Date): Date => new Date(createdAt.getTime() + TIME_TO_PAY_MS)
