/** How long after its beginning a payment or refund that is still open is asked about; then twice as long each time. */
export const FIRST_CHECK_MS = 2 * 60 * 1000

/** The longest pause between two questions. */
export const LONGEST_PAUSE_MS = 24 * 60 * 60 * 1000

export const firstCheckAt = (startedAt: Date): Date => new Date(startedAt.getTime() + FIRST_CHECK_MS)
