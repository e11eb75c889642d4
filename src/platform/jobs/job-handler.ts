import type { Logger } from '../observability/logger.js'

export interface JobContext {
  readonly log: Logger
  /** 1 on the first try. */
  readonly attempt: number
  readonly isLastAttempt: boolean
  /** Aborted when the server stops before the job could finish; the job is then tried again by another. */
  readonly signal: AbortSignal
}

/** Runs a job once. Throwing means: try again later, with growing pauses. It must be harmless to run twice. */
export type JobHandler = (payload: never, context: JobContext) => Promise<void>
