import type { Platform } from '../../../platform/platform.js'
import type { Room } from '../../../platform/room.js'
import type { AuthLimits } from '../auth-limits.js'
import type { AccountSessions } from '../sessions/account-sessions.js'
import type { AccountOpening } from '../sign-in/account-opening.service.js'
import type { AnswerSignIn } from '../sign-in/auth-answer.js'
import type { SignInService } from '../sign-in/sign-in.service.js'
import { GuestResolver } from './guest.resolver.js'
import { GuestSessionService } from './guest-session.service.js'
import { type GuestUpgraded, GuestUpgradeService } from './guest-upgrade.service.js'

export interface GuestsSurroundings {
  readonly opening: AccountOpening
  readonly sessions: AccountSessions
  readonly signIns: SignInService
  readonly answer: AnswerSignIn
  readonly limits: AuthLimits
  readonly guestUpgraded: GuestUpgraded
}

/** People who have shown no proof of who they are: how they come, and how they become members. */
export function createGuestsCorner(
  { clock }: Platform,
  { opening, sessions, signIns, answer, limits, guestUpgraded }: GuestsSurroundings,
) {
  const guests = new GuestSessionService(clock, signIns, limits)
  const upgrades = new GuestUpgradeService(opening, sessions, guestUpgraded)
  return { resolvers: [new GuestResolver(guests, upgrades, answer)] } satisfies Room
}
