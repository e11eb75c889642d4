import type { Transaction } from '../database/transaction.js'

export interface EnqueueOptions {
  /** Jobs under one key are one job until it starts. */
  readonly key?: string
  /** Jobs of one queue run one at a time, in order. */
  readonly queue?: string
  readonly runAt?: Date
  /** Tries before a job counts as failed for good; 25 unless told. */
  readonly maxAttempts?: number
}

/** Puts a job into the Postgres-backed queue, in the same transaction as the change that wants it. */
export async function enqueue(
  tx: Pick<Transaction, 'prisma'>,
  task: string,
  payload: Readonly<Record<string, unknown>>,
  { key, queue, runAt, maxAttempts }: EnqueueOptions = {},
): Promise<void> {
  await tx.prisma.$executeRaw`
    select graphile_worker.add_job(${task}, ${JSON.stringify(payload)}::json,
      queue_name => ${queue ?? null}, run_at => ${runAt ?? null}::timestamptz,
      max_attempts => ${maxAttempts ?? 25}, job_key => ${key ?? null})`
}
