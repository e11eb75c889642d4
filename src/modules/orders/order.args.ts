import { Max, Min } from 'class-validator'
import { ArgsType, Field } from 'type-graphql'
import { Cursor, DateTime, SafeInt, UUID } from '../../platform/graphql/scalars.js'
import { Text } from '../../platform/graphql/text-rule.js'
import { ProductionStage } from './order.enums.js'

const LARGEST = 100_000_000
const amountMessage = { message: `must be between 1 and ${LARGEST}` }

@ArgsType()
export class CancelOrderArgs {
  @Field(() => UUID, { description: 'Of the order.' })
  id!: string

  @Field(() => String, { nullable: true, description: 'For the other side and the history, up to 500 characters.' })
  @Text({ min: 0, max: 500 })
  reason?: string | null

  @Field(() => SafeInt, {
    nullable: true,
    description:
      'What to give back of an order in PRODUCTION, in kopecks: over 0, at most what was paid. All of it when absent.',
  })
  @Min(1, amountMessage)
  @Max(LARGEST, amountMessage)
  refundAmount?: number | null
}

@ArgsType()
export class AssignFactoryArgs {
  @Field(() => UUID, { description: 'An order that is PAID, or in PRODUCTION at stage FAILED.' })
  orderId!: string

  @Field(() => UUID, {
    nullable: true,
    description: 'Which factory; the best free one when absent, and never the one that failed.',
  })
  factoryId?: string | null
}

@ArgsType()
export class AdvanceProductionArgs {
  @Field(() => UUID, { description: 'An order in PRODUCTION.' })
  orderId!: string

  @Field(() => ProductionStage, { description: 'The next stage, or FAILED.' })
  stage!: ProductionStage

  @Field(() => String, { nullable: true, description: 'For the history, up to 1000 characters.' })
  @Text({ min: 0, max: 1_000 })
  note?: string | null
}

@ArgsType()
export class ShipOrderArgs {
  @Field(() => UUID, { description: 'An order in PRODUCTION whose print has not FAILED.' })
  orderId!: string

  @Field(() => String, { nullable: true, description: "The carrier's number, up to 100 characters." })
  @Text({ min: 0, max: 100 })
  trackingNumber?: string | null
}

@ArgsType()
export class SetProductionDeadlineArgs {
  @Field(() => UUID, { description: 'An order in PRODUCTION.' })
  orderId!: string

  @Field(() => DateTime, { description: 'When it has to be sent: in the future, at most 365 days from now.' })
  deadline!: Date
}

@ArgsType()
export class OrderStatusChangedArgs {
  @Field(() => UUID, { description: 'Of the order.' })
  orderId!: string

  @Field(() => Cursor, {
    nullable: true,
    description:
      "Deliver what came after it: the order's `lastEventCursor`, or the `cursor` of an event of this order. From now on when absent.",
  })
  after?: string | null
}

@ArgsType()
export class MyOrdersChangedArgs {
  @Field(() => Cursor, {
    nullable: true,
    description:
      'Deliver what came after it: the `cursor` of an event that this subscription delivered. From now on when absent.',
  })
  after?: string | null
}
