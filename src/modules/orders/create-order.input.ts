import { ArrayMaxSize, ArrayMinSize, Max, Min, ValidateNested } from 'class-validator'
import { Field, InputType, Int } from 'type-graphql'
import { UUID } from '../../platform/graphql/scalars.js'
import { PrintSpecsInput, ProductType } from '../marketplace/index.js'
import { OrderTermsInput } from './order-terms.input.js'

/** A cart may have as many, so that it always fits into an order. */
export const MAX_LINES = 50
const MAX_QUANTITY = 1_000

const linesMessage = { message: `must have 1 to ${MAX_LINES} lines` }
const quantityMessage = { message: `must be between 1 and ${MAX_QUANTITY}` }

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
export class CreateOrderInput extends OrderTermsInput {
  @Field(() => [OrderLineInput], {
    description: '1 to 50 lines, all priced in RUB, of at most 1 000 000 RUB together: the most one payment may be.',
  })
  @ArrayMinSize(1, linesMessage)
  @ArrayMaxSize(MAX_LINES, linesMessage)
  @ValidateNested({ each: true })
  lines!: OrderLineInput[]
}
