import type { GenerationStatus } from '../../generated/prisma/enums.js'

/** What a generation may become. The only place that knows. */
const steps: Readonly<Record<GenerationStatus, readonly GenerationStatus[]>> = {
  PENDING: ['PROCESSING', 'CANCELLED'],
  PROCESSING: ['COMPLETED', 'FAILED', 'CANCELLED'],
  COMPLETED: [],
  FAILED: [],
  CANCELLED: [],
}

export const canBecome = (from: GenerationStatus, to: GenerationStatus): boolean => steps[from].includes(to)

/** Whether nothing follows. */
export const isFinal = (status: GenerationStatus): boolean => steps[status].length === 0
