import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Clock, DAY_MS } from '../../kernel/clock.js'
import type { Database } from '../../platform/database/database.js'
import type { JobHandler } from '../../platform/jobs/job-handler.js'
import { UPLOAD_LIFETIME_MS } from './upload-rules.js'

export const PRUNE_UPLOADS = 'prune-uploads'

/** Forgets files that were promised and did not come, and removes what a crash left of those that were coming. */
export const pruneUploads =
  (database: Database, clock: Clock, folder: string): JobHandler =>
  async () => {
    // One that is coming just now began before its link expired.
    const before = new Date(clock.now().getTime() - UPLOAD_LIFETIME_MS)
    await database.prisma.upload.deleteMany({ where: { expiresAt: { lt: before } } })
    const parts = await readdir(folder).catch(() => [])
    for (const part of parts) await removeOld(join(folder, part))
  }

async function removeOld(path: string): Promise<void> {
  const found = await stat(path).catch(() => null)
  // The times of files are the machine's.
  if (found && found.mtimeMs < Date.now() - DAY_MS) await rm(path, { force: true })
}
