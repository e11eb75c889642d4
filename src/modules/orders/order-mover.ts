import type { OrderActor } from './order-lifecycle.js'

/** Who moves an order, and as what. */
export interface Mover {
  readonly actors: readonly OrderActor[]
  /** Null when it happens by itself. */
  readonly userId: string | null
}

export const bySystem: Mover = { actors: ['SYSTEM'], userId: null }
