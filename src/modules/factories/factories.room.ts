import { OutboundCalls } from '../../platform/outbound/outbound-calls.js'
import type { Platform } from '../../platform/platform.js'
import type { Room } from '../../platform/room.js'
import type { CallRetry } from './calls/call-retry.service.js'
import { createCallsCorner } from './calls/calls.corner.js'
import type { FactoryCalls } from './calls/factory-calls.js'
import { FactoryQuery } from './factory.query.js'
import { FactoryResolver } from './factory.resolver.js'
import { FactoryCapacity } from './factory-capacity.service.js'
import { FactoryUpkeep } from './factory-upkeep.service.js'

interface Factories {
  readonly factories: FactoryCapacity
  readonly calls: FactoryCalls
  readonly callRetry: CallRetry
}

/** Print shops: what they print, how busy they are, who gets the next order, and how they hear of it. */
export function createFactoriesRoom(platform: Platform): Room & Factories {
  const { database, cursors, config } = platform
  const outbound = new OutboundCalls({ allowsPrivate: config.allowsPrivateWebhooks })
  const corner = createCallsCorner(platform, outbound)
  const upkeep = new FactoryUpkeep(platform, outbound, corner.secrets)
  return {
    resolvers: [new FactoryResolver(new FactoryQuery(database.pool, cursors), upkeep), ...corner.resolvers],
    jobs: corner.jobs,
    crontab: corner.crontab,
    close: () => outbound.close(),
    factories: new FactoryCapacity(),
    calls: corner.calls,
    callRetry: corner.retry,
  }
}
