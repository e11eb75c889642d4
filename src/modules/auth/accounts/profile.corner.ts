import type { Platform } from '../../../platform/platform.js'
import type { Room } from '../../../platform/room.js'
import type { AssetStore } from '../../assets/index.js'
import type { AuthLimits } from '../auth-limits.js'
import { EmailChangeService } from '../emails/email-change.service.js'
import type { AccountQuery } from './account.query.js'
import { ProfileResolver } from './profile.resolver.js'
import { ProfileService } from './profile.service.js'

export interface ProfileSurroundings {
  readonly accounts: AccountQuery
  readonly assets: AssetStore
  readonly limits: AuthLimits
}

/** What people change of their own accounts. */
export function createProfileCorner(
  { database, clock, mailer }: Platform,
  { accounts, assets, limits }: ProfileSurroundings,
) {
  const emailChange = new EmailChangeService(clock, limits, mailer !== null)
  const profiles = new ProfileService(database, assets, limits, emailChange)
  return { resolvers: [new ProfileResolver(profiles, accounts)] } satisfies Room
}
