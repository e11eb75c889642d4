import { EventEmitter } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Runner, run, Logger as WorkerLogger, type WorkerPool } from 'graphile-worker'
import type { Pool } from 'pg'
import type { Lifeline } from '../database/lifeline.js'
import type { Logger } from '../observability/logger.js'
import { watchAbandonedJobs } from './abandoned-jobs.js'
import { instrumented } from './instrumented-job.js'
import type { JobHandler } from './job-handler.js'

export interface Jobs {
  readonly handlers: Readonly<Record<string, JobHandler>>
  /** Lines of crontab: `0 * * * * prune ?max=1`. */
  readonly crontab: readonly string[]
}

const LEVELS = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const
const RESTART_MS = 2_000
const STOP_LIMIT_MS = 9_000

/**
 * Starts the worker of this process, and starts it again should it give up.
 *
 * @param lifeline tells others that the worker lives; without one nobody looks after the jobs of dead workers
 * @returns what stops it: after running jobs have finished, or nine seconds later, when they are left to the next worker
 */
export async function runJobs(
  pool: Pool,
  jobs: Jobs,
  log: Logger,
  concurrency: number,
  lifeline: Pick<Lifeline, 'keep' | 'drop'> | null = null,
): Promise<{ stop(): Promise<void> }> {
  const taskList = Object.fromEntries(
    Object.entries(jobs.handlers).map(([name, handler]) => [name, instrumented(name, handler, log)]),
  )
  const stopping = new AbortController()
  let worker: WorkerPool | undefined
  let runner: Runner

  const start = () => {
    const events = new EventEmitter()
    events.once('pool:create', ({ workerPool }: { workerPool: WorkerPool }) => {
      worker = workerPool
      lifeline?.keep(workerPool.id)
    })
    // Also when it gives up by itself: it waits for all its jobs then, and after a lost connection at times for ever.
    events.once('pool:gracefulShutdown', ({ workerPool }: { workerPool: WorkerPool }) => {
      const impatience = setTimeout(() => {
        Promise.resolve(workerPool.forcefulShutdown('The worker stopped')).catch(() => undefined)
      }, STOP_LIMIT_MS)
      events.once('pool:release', () => clearTimeout(impatience))
    })
    return run({
      pgPool: pool,
      concurrency,
      pollInterval: 2_000,
      noHandleSignals: true,
      crontab: jobs.crontab.join('\n'),
      taskList,
      events: events as never,
      logger: new WorkerLogger(() => (level, message) => log[LEVELS[level]]({ component: 'jobs' }, message)),
      // Unbatched, a job that ends while the database is away ends as an unhandled rejection.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
    })
  }

  const supervise = async () => {
    const { signal } = stopping
    while (!signal.aborted) {
      await runner.promise.catch((error: unknown) => log.error({ err: error }, 'the job worker gave up'))
      if (worker) lifeline?.drop(worker.id)
      await sleep(RESTART_MS, undefined, { signal }).catch(() => undefined)
      if (signal.aborted) return
      // Where it fails, the ended runner is met again and the next attempt follows.
      runner = await start().catch((error: unknown) => {
        log.warn({ err: error }, 'the job worker could not start')
        return runner
      })
      if (signal.aborted) await runner.stop().catch(() => undefined)
    }
  }

  runner = await start()
  const supervised = supervise()
  const watch = lifeline && watchAbandonedJobs(pool, log)
  return {
    async stop() {
      stopping.abort()
      await runner.stop().catch(() => undefined)
      await Promise.all([supervised, watch?.stop()])
    },
  }
}
