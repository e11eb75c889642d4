import { Field, ObjectType } from 'type-graphql'
import { DateTime } from '../../platform/graphql/scalars.js'
import { PublicProfile } from '../users/index.js'
import { OrderEventType, OrderStatus, ProductionStage } from './order.enums.js'
import { Order } from './order.type.js'

@ObjectType({ description: 'Something that happened to an order. Never changes.', simpleResolvers: true })
export class OrderStatusEvent {
  @Field(() => Order, { description: 'The order as it is now, not as it was then.' })
  order!: Order

  @Field(() => OrderEventType, { description: 'What happened.' })
  type!: OrderEventType

  @Field(() => OrderStatus, { nullable: true, description: 'Set for STATUS_CHANGED only.' })
  fromStatus!: OrderStatus | null

  @Field(() => OrderStatus, {
    description: 'The status after the event; the same as before it unless the type is STATUS_CHANGED or CREATED.',
  })
  toStatus!: OrderStatus

  @Field(() => ProductionStage, { nullable: true, description: 'The stage after the event.' })
  productionStage!: ProductionStage | null

  @Field(() => PublicProfile, { nullable: true, description: 'Who did it; null when it happened by itself.' })
  actor!: PublicProfile | null

  @Field(() => String, { nullable: true, description: 'What the actor said about it, or why it happened.' })
  note!: string | null

  @Field(() => DateTime, { description: 'When it happened.' })
  occurredAt!: string

  // What the cursor is made of.
  orderId!: string
  number!: string
  /** Set on delivery by another stream than the order's own. */
  deliveredCursor?: string
}
