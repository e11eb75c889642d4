import type { GraphQLResolveInfo } from 'graphql'
import { Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql'
import type { Context } from '../../platform/graphql/context.js'
import { Open } from '../../platform/graphql/marks.js'
import { selectionOf } from '../../platform/graphql/selection-of.js'
import { User } from '../users/index.js'
import { Plan, PlanSubscription } from './plan.type.js'
import { planCatalogue, planOf } from './plan-catalogue.js'
import type { PlanSubscriptionQuery } from './plan-subscription.query.js'

@Resolver(() => Plan)
export class PlanResolver {
  @Open()
  @Query(() => [Plan], { description: 'Every plan, the cheapest first. For everybody.' })
  plans(): Plan[] {
    return [...planCatalogue]
  }
}

@Resolver(() => PlanSubscription)
export class PlanSubscriptionResolver {
  @FieldResolver(() => Plan, { description: 'What the user has. FREE unless another was paid for.' })
  plan(@Root() subscription: PlanSubscription): Plan {
    return planOf(subscription.tier)
  }
}

@Resolver(() => User)
export class UserPlanResolver {
  constructor(private readonly subscriptions: PlanSubscriptionQuery) {}

  @FieldResolver(() => PlanSubscription, {
    description: 'The plan and what is left of its quota. FORBIDDEN unless it is yours or you are staff.',
  })
  planSubscription(
    @Root() user: User,
    @Ctx() context: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<PlanSubscription> {
    const { planSubscription } = user as { planSubscription?: PlanSubscription | null }
    return this.subscriptions.ofUser(context.viewer, user.id, selectionOf(info), planSubscription)
  }
}
