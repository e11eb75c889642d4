import type { Platform } from '../../../platform/platform.js'
import type { Room } from '../../../platform/room.js'
import type { AuthLimits } from '../auth-limits.js'
import { letterRoutes } from '../letters/letter-routes.js'
import type { AccountSessions } from '../sessions/account-sessions.js'
import { PasswordResolver } from './password.resolver.js'
import { PasswordChangeService } from './password-change.service.js'
import type { PasswordHasher } from './password-hasher.js'
import { PasswordResetService } from './password-reset.service.js'
import { PasswordSettingService } from './password-setting.service.js'
import { resetPasswordPage } from './reset-password-page.js'

export interface PasswordsSurroundings {
  readonly passwords: PasswordHasher
  readonly sessions: AccountSessions
  readonly limits: AuthLimits
}

/** Passwords after registration: changed by who knows them, set anew by who reads the account's letters. */
export function createPasswordsCorner(
  { database, clock, config, mailer }: Platform,
  { passwords, sessions, limits }: PasswordsSurroundings,
) {
  const setting = new PasswordSettingService(clock, sessions)
  const changes = new PasswordChangeService(database, passwords, limits, setting)
  const resets = new PasswordResetService(database, clock, passwords, limits, setting, mailer !== null)
  return {
    resolvers: [new PasswordResolver(changes, resets)],
    routes: letterRoutes([resetPasswordPage(resets, config.publicUrl)]),
  } satisfies Room
}
