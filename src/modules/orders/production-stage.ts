import type { ProductionStage } from '../../generated/prisma/enums.js'

const line: readonly ProductionStage[] = ['QUEUED', 'IN_PROGRESS', 'QUALITY_CHECK', 'READY']

/** Stages follow each other one at a time; printing can fail at any of them, and what has failed waits to be assigned anew. */
export function mayAdvance(from: ProductionStage | null, to: ProductionStage): boolean {
  if (from === null || from === 'FAILED') return false
  return to === 'FAILED' || line.indexOf(to) === line.indexOf(from) + 1
}
