import type { Task } from 'graphile-worker'
import type { Logger } from '../observability/logger.js'
import { jobSeconds, jobsTotal } from '../observability/metrics.js'
import type { JobHandler } from './job-handler.js'

/** A handler as the queue calls it, with its runs in the metrics and its name in the logs. */
export function instrumented(name: string, handler: JobHandler, log: Logger): Task {
  return async (payload, { job, abortSignal }) => {
    const { id, attempts, max_attempts } = job
    const stopTimer = jobSeconds.startTimer({ job: name })
    try {
      await handler(payload as never, {
        log: log.child({ job: name, jobId: id, attempt: attempts }),
        attempt: attempts,
        isLastAttempt: attempts >= max_attempts,
        signal: abortSignal ?? new AbortController().signal,
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
