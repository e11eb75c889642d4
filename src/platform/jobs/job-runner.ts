import { run, Logger as WorkerLogger } from 'graphile-worker'
import type { Pool } from 'pg'
import type { Logger } from '../observability/logger.js'
import { jobSeconds, jobsTotal } from '../observability/metrics.js'

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

export interface Jobs {
  readonly handlers: Readonly<Record<string, JobHandler>>
  /** Lines of crontab: `0 * * * * prune ?max=1`. */
  readonly crontab: readonly string[]
}

const LEVELS = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const

/** Starts the worker of this process. @returns what stops it, after running jobs have finished */
export async function runJobs(
  pool: Pool,
  jobs: Jobs,
  log: Logger,
  concurrency: number,
): Promise<{ stop(): Promise<void> }> {
  const runner = await run({
    pgPool: pool,
    concurrency,
    pollInterval: 2_000,
    noHandleSignals: true,
    crontab: jobs.crontab.join('\n'),
    taskList: Object.fromEntries(
      Object.entries(jobs.handlers).map(([name, handler]) => [name, instrumented(name, handler, log)]),
    ),
    logger: new WorkerLogger(() => (level, message) => log[LEVELS[level]]({ component: 'jobs' }, message)),
  })
  // Without a handler a failing worker would end the process with an unhandled rejection.
  runner.promise.catch((error: unknown) => log.error({ err: error }, 'the job worker stopped'))
  return { stop: () => runner.stop() }
}

function instrumented(name: string, handler: JobHandler, log: Logger) {
  return async (
    payload: unknown,
    helpers: { job: { id: string; attempts: number; max_attempts: number }; abortSignal?: AbortSignal },
  ): Promise<void> => {
    const { id, attempts, max_attempts } = helpers.job
    const stopTimer = jobSeconds.startTimer({ job: name })
    try {
      await handler(payload as never, {
        log: log.child({ job: name, jobId: id, attempt: attempts }),
        attempt: attempts,
        isLastAttempt: attempts >= max_attempts,
        signal: helpers.abortSignal ?? new AbortController().signal,
      })
      jobsTotal.inc({ job: name, outcome: 'done' })
    } catch (error) {
      jobsTotal.inc({ job: name, outcome: attempts >= max_attempts ? 'failed' : 'retried' })
      throw error
    } finally {
      stopTimer()
    }
  }
}
