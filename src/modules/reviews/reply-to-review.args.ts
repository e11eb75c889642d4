import { ArgsType, Field } from 'type-graphql'
import { UUID } from '../../platform/graphql/scalars.js'
import { Text } from '../../platform/graphql/text-rule.js'

@ArgsType()
export class ReplyToReviewArgs {
  @Field(() => UUID, { description: "A review of one of the viewer's items." })
  id!: string

  @Field(() => String, { description: '1 to 2000 characters. It cannot be changed afterwards.' })
  @Text({ max: 2000 })
  reply!: string
}
