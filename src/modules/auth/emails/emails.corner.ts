import type { Platform } from '../../../platform/platform.js'
import type { Room } from '../../../platform/room.js'
import type { AccountQuery } from '../accounts/account.query.js'
import type { AuthLimits } from '../auth-limits.js'
import { letterRoutes } from '../letters/letter-routes.js'
import { EmailResolver } from './email.resolver.js'
import { EmailAvailabilityService } from './email-availability.service.js'
import { EmailVerificationService } from './email-verification.service.js'
import { verifyEmailPage } from './verify-email-page.js'

export interface EmailsSurroundings {
  readonly accounts: AccountQuery
  readonly limits: AuthLimits
}

/** Addresses of e-mail: whose they are, and how that is proven. */
export function createEmailsCorner(
  { database, clock, config, mailer }: Platform,
  { accounts, limits }: EmailsSurroundings,
) {
  const verification = new EmailVerificationService(database, clock, limits, mailer !== null)
  const availability = new EmailAvailabilityService(database, limits)
  return {
    resolvers: [new EmailResolver(verification, availability, accounts)],
    routes: letterRoutes([verifyEmailPage(verification, config.publicUrl)]),
  } satisfies Room
}
