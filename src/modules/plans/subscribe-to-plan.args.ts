import { ArgsType, Field } from 'type-graphql'
import { PlanTier } from '../../generated/prisma/enums.js'
import { URLScalar } from '../../platform/graphql/scalars.js'
import { Text } from '../../platform/graphql/text-rule.js'
import { PaymentProvider } from '../payments/index.js'

@ArgsType()
export class SubscribeToPlanArgs {
  @Field(() => PlanTier, { description: 'PRO or PREMIUM; FREE is BAD_USER_INPUT.' })
  tier!: PlanTier

  @Field(() => PaymentProvider, { nullable: true, description: 'The default provider of this server when absent.' })
  provider?: PaymentProvider | null

  @Field(() => URLScalar, { nullable: true, description: 'Where the provider sends the customer afterwards.' })
  returnUrl?: string | null

  @Field(() => String, {
    nullable: true,
    description:
      '1 to 64 characters. A repeat within 24 hours returns the first payment; under a new key it is another purchase.',
  })
  @Text({ max: 64 })
  idempotencyKey?: string | null
}
