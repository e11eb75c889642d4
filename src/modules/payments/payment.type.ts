import { Field, ObjectType } from 'type-graphql'
import { connectionOf } from '../../platform/graphql/connection.type.js'
import { MoneyType } from '../../platform/graphql/money.type.js'
import { DateTime, URLScalar, UUID } from '../../platform/graphql/scalars.js'
import { PaymentProvider, PaymentPurpose, PaymentStatus } from './payment.enums.js'
import { Refund } from './refunds/refund.type.js'

@ObjectType({
  description: 'One attempt to pay. It is never deleted; a new attempt is a new payment.',
  simpleResolvers: true,
})
export class Payment {
  @Field(() => UUID, { description: 'Sorts by the time of starting.' })
  id!: string

  @Field(() => PaymentProvider, { description: 'Who takes the money.' })
  provider!: PaymentProvider

  @Field(() => PaymentStatus, {
    description: 'Changed by what the provider reports, not by the client coming back from it.',
  })
  status!: PaymentStatus

  @Field(() => PaymentPurpose, { description: 'What it is for.' })
  purpose!: PaymentPurpose

  @Field(() => MoneyType, {
    description: 'Computed by the server, except for a DEPOSIT: over 0, at most 1 000 000 RUB.',
  })
  amount!: MoneyType

  @Field(() => MoneyType, { description: 'What succeeded refunds have given back so far.' })
  refunded!: MoneyType

  @Field(() => URLScalar, {
    nullable: true,
    description:
      'Send the customer here to pay. Null for BALANCE, and while the provider has not answered; repeat the call with the same idempotencyKey.',
  })
  confirmationUrl!: string | null

  @Field(() => String, { nullable: true, description: 'What the customer reads at the provider.' })
  description!: string | null

  @Field(() => String, { nullable: true, description: 'Why it is CANCELED, for people; otherwise null.' })
  failureReason!: string | null

  @Field(() => [Refund], { description: 'Oldest first.' })
  refunds!: Refund[]

  @Field(() => DateTime, { description: 'When it was started.' })
  createdAt!: string

  @Field(() => DateTime, { nullable: true, description: 'When the provider reported success.' })
  paidAt!: string | null

  @Field(() => DateTime, { nullable: true, description: 'Unpaid by then, it is CANCELED.' })
  expiresAt!: string | null
}

@ObjectType({ description: 'A page of payments, the latest first.', simpleResolvers: true })
export class PaymentConnection extends connectionOf(Payment, 'Payment') {}
