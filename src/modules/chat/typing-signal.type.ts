import { Field, ObjectType } from 'type-graphql'
import { UUID } from '../../platform/graphql/scalars.js'
import { PublicProfile } from '../users/index.js'

@ObjectType({ description: 'That somebody began to write in a chat, or stopped. Never stored.' })
export class TypingSignal {
  @Field(() => UUID, { description: 'The order of the chat.' })
  orderId!: string

  @Field(() => PublicProfile, { description: 'Who writes; never the viewer.' })
  user!: PublicProfile

  @Field(() => Boolean, { description: 'False when they stopped, sent it, or were not heard of for six seconds.' })
  isTyping!: boolean
}
