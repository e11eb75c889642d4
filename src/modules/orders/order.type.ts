import { Field, ObjectType } from 'type-graphql'
import { connectionOf } from '../../platform/graphql/connection.type.js'
import { MoneyType } from '../../platform/graphql/money.type.js'
import { DateTime, UUID } from '../../platform/graphql/scalars.js'
import { Factory } from '../factories/index.js'
import { User } from '../users/index.js'
import type { Address } from './address.type.js'
import { OrderStatus, ProductionStage } from './order.enums.js'
import type { OrderLine } from './order-line.type.js'

@ObjectType({
  description: 'Things to be printed and shipped, or files to be released, for one customer and one payment.',
  simpleResolvers: true,
})
export class Order {
  @Field(() => UUID, { description: 'Version 7: sorts by the time of placing.' })
  id!: string

  @Field(() => String, {
    description: 'To read out over the phone: AT-2026-7F3K9Q. Unique, random, without letters that look alike.',
  })
  number!: string

  @Field(() => User, { description: 'Who placed it. Contact details are for themselves and staff.' })
  customer!: User

  @Field(() => OrderStatus, { description: 'Where it stands.' })
  status!: OrderStatus

  @Field(() => MoneyType, { description: 'All lines together.' })
  subtotal!: MoneyType

  @Field(() => MoneyType, { description: '200 RUB when a deadline under 7 days was asked for, otherwise 0.' })
  rushFee!: MoneyType

  @Field(() => MoneyType, { description: 'What is taken off. Positive.' })
  discount!: MoneyType

  @Field(() => MoneyType, { description: 'subtotal + rushFee - discount: what `payOrder` charges.' })
  total!: MoneyType

  @Field(() => DateTime, { nullable: true, description: 'When its payment settled.' })
  paidAt!: string | null

  @Field(() => Factory, {
    nullable: true,
    description: 'Who prints it, from assignment on. Always null when every line is DIGITAL.',
  })
  factory!: Factory | null

  @Field(() => ProductionStage, { nullable: true, description: 'From assignment on; READY once shipped.' })
  productionStage!: ProductionStage | null

  @Field(() => DateTime, {
    nullable: true,
    description:
      'When the factory is to be done: its lead time from assignment. Past it and still in PRODUCTION the order is overdue.',
  })
  productionDeadline!: string | null

  @Field(() => String, { nullable: true, description: 'Given by the factory when it shipped.' })
  trackingNumber!: string | null

  @Field(() => String, { nullable: true, description: 'Why it was cancelled, if anybody said so.' })
  cancellationReason!: string | null

  @Field(() => DateTime, { description: 'When it was placed. Lists of orders are sorted by it, newest first.' })
  createdAt!: string

  @Field(() => DateTime, { description: 'When anything about it last changed.' })
  updatedAt!: string

  // Read by the shape, shown by field resolvers to those they are meant for.
  customerId!: string
  factoryId!: string | null
  lines?: OrderLine[]
  deliveryAddress?: Address | null
  note?: string | null
  payments?: object[]
  history?: object[]
  lastEventCursor?: string
}

@ObjectType({ description: 'A page of a list of Order.', simpleResolvers: true })
export class OrderConnection extends connectionOf(Order, 'Order') {}
