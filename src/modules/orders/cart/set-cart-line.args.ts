import { Max, Min, ValidateNested } from 'class-validator'
import { ArgsType, Field, Int } from 'type-graphql'
import { UUID } from '../../../platform/graphql/scalars.js'
import { PrintSpecsInput } from '../../marketplace/index.js'

const MAX_QUANTITY = 10

const quantityMessage = { message: `must be between 0 and ${MAX_QUANTITY}` }

@ArgsType()
export class SetCartLineArgs {
  @Field(() => UUID, { description: 'A published item, priced in RUB. With `quantity` 0 any.' })
  itemId!: string

  @Field(() => Int, { description: 'Pieces, 1 to 10. 0 takes the item out; once more changes nothing.' })
  @Min(0, quantityMessage)
  @Max(MAX_QUANTITY, quantityMessage)
  quantity!: number

  @Field(() => PrintSpecsInput, {
    nullable: true,
    description: 'How to print it. When absent the line keeps the specs it has.',
  })
  @ValidateNested()
  print?: PrintSpecsInput | null
}
