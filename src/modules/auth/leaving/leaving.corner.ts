import type { Platform } from '../../../platform/platform.js'
import type { Room } from '../../../platform/room.js'
import type { AuthLimits } from '../auth-limits.js'
import type { PasswordHasher } from '../passwords/password-hasher.js'
import type { AccountSessions } from '../sessions/account-sessions.js'
import { AccountDeletionService } from './account-deletion.service.js'
import { type AccountRemoval, FINISH_REMOVAL } from './account-removal.js'
import { LeavingResolver } from './leaving.resolver.js'
import { ProofForgetting } from './proof-forgetting.js'
import { DROP_SESSION_STREAMS, dropSessionStreams } from './session-stream-dropping.job.js'

export interface LeavingSurroundings {
  readonly removal: AccountRemoval
  readonly passwords: PasswordHasher
  readonly sessions: AccountSessions
  readonly limits: AuthLimits
}

/** How people leave, and what this room lets go of when they do. */
export function createLeavingCorner(
  { database, clock, streams }: Platform,
  { removal, passwords, sessions, limits }: LeavingSurroundings,
) {
  const proofs = new ProofForgetting(clock, sessions)
  return {
    resolvers: [new LeavingResolver(new AccountDeletionService(database, passwords, limits, removal))],
    jobs: {
      [FINISH_REMOVAL]: (payload) => removal.finish(payload),
      [DROP_SESSION_STREAMS]: dropSessionStreams(database, streams),
    },
    forget: (tx, userId) => proofs.forget(tx, userId),
  } satisfies Room
}
