import { ArgsType, Field } from 'type-graphql'
import { UUID } from '../../platform/graphql/scalars.js'

@ArgsType()
export class ChatTypingArgs {
  @Field(() => UUID, { description: 'An order the viewer takes part in.' })
  orderId!: string
}

@ArgsType()
export class SetTypingArgs extends ChatTypingArgs {
  @Field(() => Boolean, {
    description: 'True as long as the viewer writes, said again every three to five seconds; false when they stop.',
  })
  isTyping!: boolean
}
