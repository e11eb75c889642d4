import type { Platform } from '../../../platform/platform.js'
import type { Room } from '../../../platform/room.js'
import type { AuthenticationService } from '../sessions/authentication.service.js'
import { FactoryKeyQuery } from './factory-key.query.js'
import { FactoryKeyResolver } from './factory-key.resolver.js'
import { FactoryKeyService } from './factory-key.service.js'

/** API keys, with which the programs of factories come in place of people. */
export function createFactoryKeysCorner(
  { database, clock, streams }: Platform,
  { authentication }: { readonly authentication: AuthenticationService },
) {
  const keys = new FactoryKeyService(database, clock, streams, authentication)
  return { resolvers: [new FactoryKeyResolver(keys, new FactoryKeyQuery(database))] } satisfies Room
}
