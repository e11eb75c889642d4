import { ArrayMaxSize } from 'class-validator'
import { Field, InputType } from 'type-graphql'
import { UUID } from '../../platform/graphql/scalars.js'
import { Text } from '../../platform/graphql/text-rule.js'

@InputType({ description: 'A message to the chat of an order.' })
export class SendMessageInput {
  @Field(() => UUID, { description: 'An order the viewer takes part in.' })
  orderId!: string

  @Field(() => String, { description: 'Plain text of 1 to 2000 characters; surrounding spaces are dropped.' })
  @Text({ max: 2000 })
  body!: string

  @Field(() => [UUID], { nullable: true, description: "Up to ten of the viewer's own assets." })
  @ArrayMaxSize(10, { message: 'must be at most 10' })
  attachmentIds?: string[] | null

  @Field(() => String, {
    nullable: true,
    description:
      "The client's own name for the message, 1 to 64 characters. Sending it again changes nothing and returns the first.",
  })
  @Text({ max: 64 })
  clientMessageId?: string | null
}
