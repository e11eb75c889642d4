import { ArgsType, Field } from 'type-graphql'
import { Cursor, UUID } from '../../platform/graphql/scalars.js'

@ArgsType()
export class MarkChatReadArgs {
  @Field(() => UUID, { description: 'An order the viewer takes part in.' })
  orderId!: string

  @Field(() => Cursor, { description: 'The cursor of the last message that was read. The mark never moves back.' })
  upTo!: string
}
