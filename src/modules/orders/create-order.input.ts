import { ArrayMaxSize, ArrayMinSize, Max, Min, ValidateNested } from 'class-validator'
import { Field, InputType, Int } from 'type-graphql'
import { UUID } from '../../platform/graphql/scalars.js'
import { Text } from '../../platform/graphql/text-rule.js'
import { PrintSpecsInput, ProductType } from '../marketplace/index.js'
import { AddressInput } from './address.input.js'

const MAX_LINES = 50
const MAX_QUANTITY = 1_000
const MAX_DEADLINE_DAYS = 365

const linesMessage = { message: `must have 1 to ${MAX_LINES} lines` }
const quantityMessage = { message: `must be between 1 and ${MAX_QUANTITY}` }
const deadlineMessage = { message: `must be between 1 and ${MAX_DEADLINE_DAYS}` }

@InputType({ description: 'One line of an order: exactly one of `itemId` and `generationId`.' })
export class OrderLineInput {
  @Field(() => UUID, { nullable: true, description: 'A published item.' })
  itemId?: string | null

  @Field(() => UUID, { nullable: true, description: "A COMPLETED generation of the viewer's own." })
  generationId?: string | null

  @Field(() => ProductType, {
    nullable: true,
    description: "Needed with `generationId`. With `itemId` it is the item's, and a different one is BAD_USER_INPUT.",
  })
  productType?: ProductType | null

  @Field(() => Int, { defaultValue: 1, description: 'Pieces, 1 to 1000.' })
  @Min(1, quantityMessage)
  @Max(MAX_QUANTITY, quantityMessage)
  quantity!: number

  @Field(() => PrintSpecsInput, {
    nullable: true,
    description:
      'Needed unless the line is DIGITAL. The number of its `elements` sets the price of a generated design.',
  })
  @ValidateNested()
  print?: PrintSpecsInput | null
}

@InputType({ description: 'An order to place, or to price with `quote`.' })
export class CreateOrderInput {
  @Field(() => [OrderLineInput], {
    description: '1 to 50 lines, all priced in RUB, of at most 1 000 000 RUB together: the most one payment may be.',
  })
  @ArrayMinSize(1, linesMessage)
  @ArrayMaxSize(MAX_LINES, linesMessage)
  @ValidateNested({ each: true })
  lines!: OrderLineInput[]

  @Field(() => AddressInput, {
    nullable: true,
    description: 'Needed by `createOrder` unless every line is DIGITAL; then it is not kept.',
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
