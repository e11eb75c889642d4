import { ArrayMaxSize, Max, Min } from 'class-validator'
import { ArgsType, Field, Int } from 'type-graphql'
import { UUID } from '../../platform/graphql/scalars.js'
import { Text } from '../../platform/graphql/text-rule.js'

const stars = { message: 'must be between 1 and 5' }

@ArgsType()
export class ReviewOrderArgs {
  @Field(() => UUID, { description: 'A COMPLETED order of the viewer.' })
  orderId!: string

  @Field(() => Int, { description: 'Stars, 1 to 5.' })
  @Min(1, stars)
  @Max(5, stars)
  rating!: number

  @Field(() => String, { nullable: true, description: 'Up to 2000 characters.' })
  @Text({ min: 0, max: 2000 })
  comment?: string | null

  @Field(() => [UUID], { nullable: true, description: "Up to five of the viewer's own uploaded or generated images." })
  @ArrayMaxSize(5, { message: 'must be at most 5' })
  photoIds?: string[] | null
}
