import type { Platform } from '../../platform/platform.js'
import type { Room } from '../../platform/room.js'
import { FactoryQuery } from './factory.query.js'
import { FactoryResolver } from './factory.resolver.js'
import { FactoryCapacity } from './factory-capacity.service.js'

/** Print shops: what they print, how busy they are, and who gets the next order. */
export function createFactoriesRoom({ database, cursors }: Platform): Room & { readonly factories: FactoryCapacity } {
  return {
    resolvers: [new FactoryResolver(new FactoryQuery(database.pool, cursors))],
    factories: new FactoryCapacity(),
  }
}
