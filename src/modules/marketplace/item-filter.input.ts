import { ArrayMaxSize, Max, Min } from 'class-validator'
import { Field, Float, InputType } from 'type-graphql'
import { SafeInt, UUID } from '../../platform/graphql/scalars.js'
import { Text } from '../../platform/graphql/text-rule.js'
import { ProductType } from './product-type.js'

const notNegative = { message: 'must not be negative' }
const aRating = { message: 'must be between 0 and 5' }

@InputType({ description: 'Which items to list. Every part that is given must hold; an empty list restricts nothing.' })
export class ItemFilter {
  @Field(() => [ProductType], { nullable: true, description: 'Any of these.' })
  @ArrayMaxSize(20, { message: 'must be at most 20' })
  productType?: ProductType[] | null

  @Field(() => SafeInt, { nullable: true, description: 'The least price, in minor units, inclusive.' })
  @Min(0, notNegative)
  minPrice?: number | null

  @Field(() => SafeInt, { nullable: true, description: 'The highest price, in minor units, inclusive.' })
  @Min(0, notNegative)
  maxPrice?: number | null

  @Field(() => Float, { nullable: true, description: 'The least rating, 0 to 5, inclusive.' })
  @Min(0, aRating)
  @Max(5, aRating)
  minRating?: number | null

  @Field(() => [String], { nullable: true, description: 'All of these, spelled as the designer did; up to 20.' })
  @ArrayMaxSize(20, { message: 'must be at most 20' })
  @Text({ max: 50 })
  tags?: string[] | null

  @Field(() => UUID, { nullable: true, description: 'Items of this designer.' })
  designerId?: string | null
}
