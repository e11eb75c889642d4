import type { Platform } from '../../platform/platform.js'
import type { Room } from '../../platform/room.js'
import { PlanResolver, PlanSubscriptionResolver, UserPlanResolver } from './plan.resolver.js'
import { PlanSubscriptionQuery } from './plan-subscription.query.js'
import { type Quota, QuotaService } from './quota.service.js'

/** The plans, who has which, and the quota of images that comes with them. */
export function createPlansRoom(platform: Platform): Room & { readonly quota: Quota } {
  const subscriptions = new PlanSubscriptionQuery(platform)
  return {
    resolvers: [new PlanResolver(), new PlanSubscriptionResolver(), new UserPlanResolver(subscriptions)],
    quota: new QuotaService(platform.clock),
  }
}
