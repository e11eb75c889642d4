import type { Transaction } from '../../../platform/database/transaction.js'

/** Something that a factory is to know. */
export interface FactoryNews {
  readonly factoryId: string
  /** Such as "order.assigned". */
  readonly type: string
  /** What it is about, in the words of the room that tells it. */
  readonly subjectId: string
}

/** Says what a call about it has in `data`, at the time of each try; null when it is no longer true, and nobody is called. */
export type NewsTeller = (news: FactoryNews) => Promise<object | null>

/** The door for rooms whose news factories are to know. */
export interface FactoryCalls {
  /** Has the factory called after the caller's transaction commits, if it wants to be. */
  request(tx: Transaction, news: FactoryNews): Promise<void>
  /** Who knows what is in a call. Register at start. */
  tellBy(teller: NewsTeller): void
}
