import type { Transaction } from '../../platform/database/transaction.js'

/** A generation that was drawn, or could not be. */
export interface EndedGeneration {
  readonly id: string
  readonly ownerId: string
  readonly status: 'COMPLETED' | 'FAILED'
}

/** Hears of it once, in the transaction that ends it; what it throws undoes that. */
export type GenerationListener = (tx: Transaction, generation: EndedGeneration) => Promise<void>
