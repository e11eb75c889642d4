import { Max, Min, NotEquals } from 'class-validator'
import { Field, InputType } from 'type-graphql'
import { MAX_PAYMENT } from '../../../kernel/money.js'
import { SafeInt, URLScalar } from '../../../platform/graphql/scalars.js'
import { Text } from '../../../platform/graphql/text-rule.js'
import { PaymentProvider } from '../payment.enums.js'

const amountMessage = { message: `must be between 1 and ${MAX_PAYMENT}` }

@InputType({ description: 'Money for the own balance.' })
export class DepositInput {
  @Field(() => SafeInt, { description: 'In kopecks: over 0, at most 1 000 000 RUB.' })
  @Min(1, amountMessage)
  @Max(Number(MAX_PAYMENT), amountMessage)
  amount!: number

  @Field(() => PaymentProvider, {
    nullable: true,
    description: 'Not BALANCE. The default provider of this server when absent.',
  })
  @NotEquals(PaymentProvider.BALANCE, { message: 'a balance cannot be filled from itself' })
  provider?: PaymentProvider | null

  @Field(() => URLScalar, { nullable: true, description: 'Where the provider sends the customer afterwards.' })
  returnUrl?: string | null

  @Field(() => String, {
    nullable: true,
    description:
      '1 to 64 characters. A repeat within 24 hours returns the first payment; under a new key it is another deposit.',
  })
  @Text({ max: 64 })
  idempotencyKey?: string | null
}
