import type { Platform } from '../../../platform/platform.js'
import type { Room } from '../../../platform/room.js'
import { pruneEmailTokens } from './email-token-pruning.job.js'
import { letterJobs } from './letters.jobs.js'

/** What people are written, and the tokens that letters carry. */
export const createLettersCorner = (platform: Platform) =>
  ({
    resolvers: [],
    jobs: { ...letterJobs(platform), 'prune-email-tokens': pruneEmailTokens(platform.database, platform.clock) },
    crontab: ['29 3 * * * prune-email-tokens ?max=1'],
  }) satisfies Room
