import { ArrayMaxSize } from 'class-validator'
import { Field, InputType } from 'type-graphql'
import { UUID } from '../../platform/graphql/scalars.js'
import { Text } from '../../platform/graphql/text-rule.js'
import { MAX_BODY } from './message-body.js'

@InputType({ description: 'A message to the chat of an order.' })
export class SendMessageInput {
  @Field(() => UUID, { description: 'An order the viewer takes part in.' })
  orderId!: string

  @Field(() => String, {
    description:
      'Plain text of 1 to 2000 characters, counted without surrounding spaces, which are dropped, as are control characters other than tab and line feed, and those that turn text around. Markup is kept as text.',
  })
  @Text({ max: MAX_BODY })
  body!: string

  @Field(() => [UUID], {
    nullable: true,
    description:
      "Up to ten of the viewer's own assets, such as those of createUpload(purpose: CHAT_ATTACHMENT) once their files have come. Deleting the message removes such a file when nothing else refers to it.",
  })
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
