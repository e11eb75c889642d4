import { Field, Int, ObjectType } from 'type-graphql'
import { PlanSubscriptionStatus, PlanTier } from '../../generated/prisma/enums.js'
import type { Money } from '../../kernel/money.js'
import { describeEnum } from '../../platform/graphql/describe-enum.js'
import { MoneyType } from '../../platform/graphql/money.type.js'
import { DateTime, UUID } from '../../platform/graphql/scalars.js'

describeEnum(PlanTier, 'PlanTier', 'Which plan a user has.', {
  FREE: 'What everybody starts with and returns to; costs nothing.',
  PRO: 'Paid, for regular work.',
  PREMIUM: 'Paid, with the largest quota.',
})

describeEnum(PlanSubscriptionStatus, 'PlanSubscriptionStatus', 'Where a plan subscription stands.', {
  ACTIVE: 'It runs, and a paid one is renewed at its end.',
  PAST_DUE:
    'Three tries to renew it, a day apart from its paid end on, have failed. What is left can be used until it becomes FREE, three days after its end; a payment until then makes it ACTIVE.',
  CANCELLED: 'It runs to the end of the paid period and is not renewed.',
  EXPIRED: 'Not in use: a plan whose paid time is over is FREE, and ACTIVE as such.',
})

@ObjectType({ description: 'What a plan offers.', simpleResolvers: true })
export class Plan {
  @Field(() => PlanTier, { description: 'Which plan it is; unique in the catalogue.' })
  tier!: PlanTier

  @Field(() => String, { description: 'Its name for people, in Russian.' })
  name!: string

  @Field(() => MoneyType, { description: 'What one period costs; 0 for FREE.' })
  price!: Money

  @Field(() => Int, { description: 'How long a period lasts, in days.' })
  periodDays!: number

  @Field(() => Int, { description: 'How many images may be generated in a period. A guest on FREE has 1 instead.' })
  generationQuota!: number

  @Field(() => [String], { description: 'What it includes, for people, in Russian.' })
  features!: readonly string[]
}

@ObjectType({ description: 'A user’s plan and what is left of its quota. Everybody has one.', simpleResolvers: true })
export class PlanSubscription {
  @Field(() => UUID, { description: 'Stays the same when the plan changes.' })
  id!: string

  readonly tier!: PlanTier

  /** Until when time changes nothing of it. */
  readonly freshUntil!: string

  @Field(() => PlanSubscriptionStatus, { description: 'ACTIVE for everybody on FREE.' })
  status!: PlanSubscriptionStatus

  @Field(() => DateTime, {
    description:
      'When the current period of the quota began. The quota is fresh every 30 days while something is paid.',
  })
  currentPeriodStart!: string

  @Field(() => DateTime, {
    description:
      'Until when it is paid for; on FREE when the quota is fresh again. Several periods may be paid ahead, so it can be more than 30 days after the start. In the past while a renewal is tried, for three days and without a fresh quota.',
  })
  currentPeriodEnd!: string

  @Field(() => Int, {
    description:
      'Images that can still be requested in this period. Those being drawn are already taken off, and come back when it fails or is cancelled.',
  })
  remainingGenerations!: number

  @Field(() => Boolean, {
    description:
      'Whether a paid plan is renewed at its end: by the kept payment method, otherwise by a letter that asks to pay.',
  })
  autoRenew!: boolean
}
