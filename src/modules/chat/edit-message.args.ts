import { ArgsType, Field } from 'type-graphql'
import { UUID } from '../../platform/graphql/scalars.js'
import { Text } from '../../platform/graphql/text-rule.js'
import { MAX_BODY } from './message-body.js'

@ArgsType()
export class EditMessageArgs {
  @Field(() => UUID, { description: 'A message of the viewer.' })
  id!: string

  @Field(() => String, { description: 'What it says now: 1 to 2000 characters, as in sendMessage.' })
  @Text({ max: MAX_BODY })
  body!: string
}
