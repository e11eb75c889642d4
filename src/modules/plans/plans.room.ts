import type { Transaction } from '../../platform/database/transaction.js'
import type { Platform } from '../../platform/platform.js'
import type { Room } from '../../platform/room.js'
import { raiseGuestQuota } from './guest-quota.js'
import { PlanResolver, PlanSubscriptionResolver, UserPlanResolver } from './plan.resolver.js'
import { PlanSubscriptionQuery } from './plan-subscription.query.js'
import { type Quota, QuotaService } from './quota.service.js'

export interface PlansRoom extends Room {
  readonly quota: Quota
  /** To be told in the transaction in which a guest becomes a member. */
  guestUpgraded(tx: Transaction, userId: string): Promise<void>
}

/** The plans, who has which, and the quota of images that comes with them. */
export function createPlansRoom(platform: Platform): PlansRoom {
  const subscriptions = new PlanSubscriptionQuery(platform)
  return {
    resolvers: [new PlanResolver(), new PlanSubscriptionResolver(), new UserPlanResolver(subscriptions)],
    quota: new QuotaService(platform.clock),
    async forget(tx, userId) {
      await tx.prisma.planSubscription.deleteMany({ where: { userId } })
    },
    guestUpgraded: (tx, userId) => raiseGuestQuota(tx, userId, platform.clock.now()),
  }
}
