import type { Platform } from '../../../platform/platform.js'
import type { Room } from '../../../platform/room.js'
import type { AuthLimits } from '../auth-limits.js'
import type { AccountRemoval } from '../leaving/account-removal.js'
import type { AccountSessions } from '../sessions/account-sessions.js'
import type { AccountOpening } from '../sign-in/account-opening.service.js'
import type { AnswerSignIn } from '../sign-in/auth-answer.js'
import type { SignInService } from '../sign-in/sign-in.service.js'
import { GuestResolver } from './guest.resolver.js'
import { GuestPruning } from './guest-pruning.job.js'
import { GuestSessionService } from './guest-session.service.js'
import { type GuestUpgraded, GuestUpgradeService } from './guest-upgrade.service.js'

export interface GuestsSurroundings {
  readonly opening: AccountOpening
  readonly sessions: AccountSessions
  readonly signIns: SignInService
  readonly answer: AnswerSignIn
  readonly limits: AuthLimits
  readonly guestUpgraded: GuestUpgraded
  readonly removal: AccountRemoval
}

/** People who have shown no proof of who they are: how they come, and how they become members. */
export function createGuestsCorner(
  platform: Platform,
  { opening, sessions, signIns, answer, limits, guestUpgraded, removal }: GuestsSurroundings,
) {
  const guests = new GuestSessionService(platform.clock, signIns, limits)
  const upgrades = new GuestUpgradeService(opening, sessions, guestUpgraded)
  const pruning = new GuestPruning(platform, removal)
  return {
    resolvers: [new GuestResolver(guests, upgrades, answer)],
    jobs: { 'prune-guests': pruning.run },
    crontab: ['53 3 * * * prune-guests ?max=1'],
  } satisfies Room
}
