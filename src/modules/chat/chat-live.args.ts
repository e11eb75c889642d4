import { ArgsType, Field } from 'type-graphql'
import { Cursor, UUID } from '../../platform/graphql/scalars.js'

@ArgsType()
export class ChatMessageAddedArgs {
  @Field(() => UUID, { description: 'An order the viewer takes part in.' })
  orderId!: string

  @Field(() => Cursor, {
    nullable: true,
    description:
      'Any cursor of this chat: the last that was delivered here, of a message, of a page, or `lastMessageCursor`. Absent: from now on.',
  })
  after?: string | null
}
