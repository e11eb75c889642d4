import type { GraphQLResolveInfo } from 'graphql'
import { Args, Ctx, Info, Mutation, Resolver } from 'type-graphql'
import type { Context } from '../../platform/graphql/context.js'
import { Can } from '../../platform/graphql/marks.js'
import { selectionOf } from '../../platform/graphql/selection-of.js'
import { Payment } from '../payments/index.js'
import { PlanSubscription } from './plan.type.js'
import type { PlanCancellation } from './plan-cancellation.service.js'
import type { PlanPurchasing } from './plan-purchasing.service.js'
import type { PlanSubscriptionQuery } from './plan-subscription.query.js'
import { SubscribeToPlanArgs } from './subscribe-to-plan.args.js'

@Resolver()
export class PlanPurchaseResolver {
  constructor(
    private readonly purchasing: PlanPurchasing,
    private readonly cancellation: PlanCancellation,
    private readonly subscriptions: PlanSubscriptionQuery,
  ) {}

  @Can('plan.manage')
  @Mutation(() => Payment, {
    description:
      'Starts a payment for 30 days of a plan, at the price in `plans`; nothing changes before it is paid. The plan one already has gets 30 days more, what is left of its quota stays until the period is over. Another plan begins at once with its own quota, and what is left of the old one, days and images, is given up. The provider is asked to keep the method, which then pays renewals until `cancelPlan`. FORBIDDEN to guests.',
  })
  async subscribeToPlan(
    @Args(() => SubscribeToPlanArgs) args: SubscribeToPlanArgs,
    @Ctx() { viewer }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Payment> {
    return this.purchasing.read(viewer, await this.purchasing.buy(viewer, args), selectionOf(info))
  }

  @Can('plan.manage')
  @Mutation(() => PlanSubscription, {
    description:
      'Ends renewing: the plan stays usable until what is paid is over, and becomes FREE then. Payments for its renewal that are under way are given up. Repeating it changes nothing; INVALID_TRANSITION on FREE. Buying a plan again makes it ACTIVE.',
  })
  async cancelPlan(@Ctx() { viewer }: Context, @Info() info: GraphQLResolveInfo): Promise<PlanSubscription> {
    await this.cancellation.cancel(viewer)
    return this.subscriptions.ofViewer(viewer, selectionOf(info))
  }
}
