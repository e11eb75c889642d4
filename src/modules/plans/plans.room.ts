import type { Transaction } from '../../platform/database/transaction.js'
import type { Platform } from '../../platform/platform.js'
import type { Room } from '../../platform/room.js'
import type { Payments } from '../payments/index.js'
import { raiseGuestQuota } from './guest-quota.js'
import { PlanResolver, PlanSubscriptionResolver, UserPlanResolver } from './plan.resolver.js'
import { PlanCancellation } from './plan-cancellation.service.js'
import { planLetterJob } from './plan-letter.job.js'
import type { PlanNewsListener } from './plan-letter.js'
import { PlanPurchaseResolver } from './plan-purchase.resolver.js'
import { PlanPurchasing } from './plan-purchasing.service.js'
import { PlanRenewal } from './plan-renewal.service.js'
import { PlanSettlement } from './plan-settlement.js'
import { PlanSubscriptionQuery } from './plan-subscription.query.js'
import { planJobs } from './plans.jobs.js'
import { type Quota, QuotaService } from './quota.service.js'
import { renewalRoutes } from './renewal.routes.js'
import { RenewalLinks } from './renewal-link.js'
import { RenewalOutcomeQuery } from './renewal-outcome.query.js'
import { RenewalPayment } from './renewal-payment.service.js'

export interface PlansRoom extends Room {
  readonly quota: Quota
  /** To be told in the transaction in which a guest becomes a member. */
  guestUpgraded(tx: Transaction, userId: string): Promise<void>
  /** Has `listener` hear of what owners of plans are told. Register at start. */
  onNews(listener: PlanNewsListener): void
}

export interface PlansDependencies {
  readonly payments: Payments
}

/** The plans, who has which, and the quota of images that comes with them. */
export function createPlansRoom(platform: Platform, { payments }: PlansDependencies): PlansRoom {
  payments.handle('PLAN', new PlanSettlement(platform.clock, payments))
  const listeners: PlanNewsListener[] = []
  const announce: PlanNewsListener = async (tx, news) => {
    for (const listener of listeners) await listener(tx, news)
  }
  const links = new RenewalLinks(platform.config.publicUrl, platform.cursors)
  const renewal = new PlanRenewal(platform, payments)
  const subscriptions = new PlanSubscriptionQuery(platform)
  return {
    resolvers: [
      new PlanResolver(),
      new PlanSubscriptionResolver(),
      new UserPlanResolver(subscriptions),
      new PlanPurchaseResolver(
        new PlanPurchasing(platform, payments),
        new PlanCancellation(platform, payments),
        subscriptions,
      ),
    ],
    jobs: {
      [planJobs.keep]: () => renewal.begin(),
      [planJobs.step]: (payload) => renewal.step(payload),
      [planJobs.charge]: (payload) => renewal.charge(payload),
      [planJobs.letter]: planLetterJob(platform, links, announce),
    },
    crontab: [`* * * * * ${planJobs.keep} ?max=1`],
    routes: renewalRoutes(
      links,
      new RenewalPayment(platform, payments, links),
      new RenewalOutcomeQuery(platform, payments),
    ),
    quota: new QuotaService(platform.clock),
    async forget(tx, userId) {
      await tx.prisma.planSubscription.deleteMany({ where: { userId } })
    },
    onNews: (listener) => listeners.push(listener),
    guestUpgraded: (tx, userId) => raiseGuestQuota(tx, userId, platform.clock.now()),
  }
}
