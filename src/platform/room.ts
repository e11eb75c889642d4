import type { FastifyInstance } from 'fastify'
import type { Transaction } from './database/transaction.js'
import type { JobHandler } from './jobs/job-handler.js'

/** What a room brings to the server. */
export interface Room {
  /** Instances of its @Resolver classes. */
  readonly resolvers: readonly object[]
  readonly jobs?: Readonly<Record<string, JobHandler>>
  readonly crontab?: readonly string[]
  /** Plain HTTP routes, for the few things that are not GraphQL. */
  readonly routes?: (app: FastifyInstance) => void
  /** Ends what the room holds open, when nothing asks for it any more. */
  readonly close?: () => Promise<void>
  /**
   * Removes what belongs only to this person, who leaves or was a guest that never came back; what the law and the ledger keep stays.
   * Rooms are asked in the reverse of their order. @throws CONFLICT when the person cannot leave yet
   */
  readonly forget?: (tx: Transaction, userId: string) => Promise<void>
}
