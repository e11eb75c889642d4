import { Min } from 'class-validator'
import { ArgsType, Field } from 'type-graphql'
import { SafeInt, UUID } from '../../../platform/graphql/scalars.js'
import { Text } from '../../../platform/graphql/text-rule.js'

@ArgsType()
export class RefundPaymentArgs {
  @Field(() => UUID, { description: 'Of a Payment that was paid.' })
  id!: string

  @Field(() => SafeInt, {
    nullable: true,
    description:
      "In minor units of the payment's currency: over 0, at most what can still be refunded, from which refunds that are PENDING are taken off already. All of that when absent.",
  })
  @Min(1, { message: 'must be over 0' })
  amount?: number | null

  @Field(() => String, { nullable: true, description: 'For the customer and the audit log, up to 500 characters.' })
  @Text({ min: 0, max: 500 })
  reason?: string | null

  @Field(() => String, {
    nullable: true,
    description: '1 to 64 characters. A repeat within 24 hours refunds nothing more and returns the same payment.',
  })
  @Text({ max: 64 })
  idempotencyKey?: string | null
}
