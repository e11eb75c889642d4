import type { FastifyInstance } from 'fastify'
import type { JobHandler } from './jobs/job-handler.js'

/** What a room brings to the server. */
export interface Room {
  /** Instances of its @Resolver classes. */
  readonly resolvers: readonly object[]
  readonly jobs?: Readonly<Record<string, JobHandler>>
  readonly crontab?: readonly string[]
  /** Plain HTTP routes, for the few things that are not GraphQL. */
  readonly routes?: (app: FastifyInstance) => void
}
