import { one, Shape, value } from '../../platform/database/shape.js'
import { userShape } from '../users/index.js'

export const planSubscriptionShape = new Shape('plan_subscriptions', ['id', 'tier', 'freshUntil'], {
  id: value('id'),
  tier: value('tier'),
  status: value('status'),
  currentPeriodStart: value('period_start'),
  currentPeriodEnd: value((plan) => `coalesce(${plan}.paid_until, ${plan}.period_end)`),
  freshUntil: value('period_end'),
  remainingGenerations: value('remaining_generations'),
  autoRenew: value('auto_renew'),
})

userShape.extend({
  planSubscription: one(
    () => planSubscriptionShape,
    (user, subscription) => `${subscription}.user_id = ${user}.id`,
  ),
})
