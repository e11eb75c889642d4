import { Field, ObjectType } from 'type-graphql'
import { MoneyType } from '../../../platform/graphql/money.type.js'
import { DateTime, UUID } from '../../../platform/graphql/scalars.js'
import { RefundStatus } from '../payment.enums.js'

@ObjectType({ description: 'Money of one payment on its way back.', simpleResolvers: true })
export class Refund {
  @Field(() => UUID, { description: 'Sorts by the time of asking.' })
  id!: string

  @Field(() => MoneyType, { description: 'Over 0; with the other refunds never more than was paid.' })
  amount!: MoneyType

  @Field(() => RefundStatus, { description: 'PENDING until the provider has decided.' })
  status!: RefundStatus

  @Field(() => String, { nullable: true, description: 'Why, for people.' })
  reason!: string | null

  @Field(() => DateTime, { description: 'When it was asked for.' })
  createdAt!: string
}
