import type { Transaction } from '../../platform/database/transaction.js'
import type { JobHandler } from '../../platform/jobs/job-handler.js'
import { enqueue } from '../../platform/jobs/job-queue.js'
import type { Storage } from './storage.js'

export const REMOVE_FILES = 'assets.remove-files'

const BATCH = 200

interface Payload {
  readonly keys: readonly string[]
}

/** Has files removed once the transaction has committed that removes what pointed to them. */
export async function queueFileRemoval(tx: Transaction, keys: readonly string[]): Promise<void> {
  for (let start = 0; start < keys.length; start += BATCH)
    await enqueue(tx, REMOVE_FILES, { keys: keys.slice(start, start + BATCH) } satisfies Payload)
}

export const removeFiles =
  (storage: Pick<Storage, 'remove'>): JobHandler =>
  async ({ keys }: Payload) => {
    for (const key of keys) await storage.remove(key)
  }
