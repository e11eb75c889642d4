import { Max, Min, ValidateNested } from 'class-validator'
import { Field, InputType, Int } from 'type-graphql'
import { UUID } from '../../platform/graphql/scalars.js'
import { Text } from '../../platform/graphql/text-rule.js'
import { AddressInput } from './address.input.js'

const MAX_DEADLINE_DAYS = 365

const deadlineMessage = { message: `must be between 1 and ${MAX_DEADLINE_DAYS}` }

/** What is agreed on about an order beside its lines, wherever those come from. */
@InputType({ description: 'Where, until when and how to deliver an order.' })
export class OrderTermsInput {
  @Field(() => AddressInput, {
    nullable: true,
    description: 'Needed to place an order unless every line is DIGITAL; then it is not kept.',
  })
  @ValidateNested()
  deliveryAddress?: AddressInput | null

  @Field(() => Int, {
    nullable: true,
    description: 'In how many days it should be ready, 1 to 365. Under 7 costs a rush fee of 200 RUB once.',
  })
  @Min(1, deadlineMessage)
  @Max(MAX_DEADLINE_DAYS, deadlineMessage)
  deadlineDays?: number | null

  @Field(() => UUID, {
    nullable: true,
    description:
      'The factory to print it, taken if it is active and free when the order is paid; otherwise another one.',
  })
  factoryId?: string | null

  @Field(() => String, { nullable: true, description: 'For the factory, up to 2000 characters.' })
  @Text({ min: 0, max: 2_000 })
  note?: string | null

  @Field(() => String, {
    nullable: true,
    description:
      '1 to 64 characters. A repeat within 24 hours returns the first order; with another input it is IDEMPOTENCY_CONFLICT. `quote` ignores it.',
  })
  @Text({ max: 64 })
  idempotencyKey?: string | null
}
