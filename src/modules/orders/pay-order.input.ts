import { Field, InputType } from 'type-graphql'
import { URLScalar, UUID } from '../../platform/graphql/scalars.js'
import { Text } from '../../platform/graphql/text-rule.js'
import { PaymentProvider } from '../payments/index.js'

@InputType({ description: 'How to pay an order. The amount is its total.' })
export class PayOrderInput {
  @Field(() => UUID, { description: "The viewer's own order, still CREATED." })
  orderId!: string

  @Field(() => PaymentProvider, { nullable: true, description: 'The default provider of this server when absent.' })
  provider?: PaymentProvider | null

  @Field(() => URLScalar, { nullable: true, description: 'Where the provider sends the customer afterwards.' })
  returnUrl?: string | null

  @Field(() => String, {
    nullable: true,
    description:
      '1 to 64 characters. A repeat within 24 hours returns the first payment; under a new key it is a new attempt.',
  })
  @Text({ max: 64 })
  idempotencyKey?: string | null
}
