import type { Platform } from '../../platform/platform.js'
import type { Room } from '../../platform/room.js'
import { PublicProfileQuery } from './public-profile.query.js'
import { PublicProfileResolver } from './public-profile.resolver.js'
import { UserResolver } from './user.resolver.js'
import { forgetUser } from './user-forgetting.js'

/** Who people are: accounts as they see themselves, and profiles as others see them. */
export function createUsersRoom({ database, clock }: Platform): Room {
  return {
    resolvers: [new UserResolver(), new PublicProfileResolver(new PublicProfileQuery(database))],
    forget: forgetUser(clock),
  }
}
