import { Field, ObjectType } from 'type-graphql'
import { connectionOf } from '../../platform/graphql/connection.type.js'
import { DateTime, UUID } from '../../platform/graphql/scalars.js'
import { Asset } from '../assets/index.js'
import { OrderStatusEvent } from '../orders/index.js'
import { PublicProfile } from '../users/index.js'
import { SenderRole } from './sender-role.js'

@ObjectType({ description: 'One message in the chat of an order.', simpleResolvers: true })
export class ChatMessage {
  @Field(() => UUID, { description: 'Stays when the message is edited or deleted.' })
  id!: string

  @Field(() => UUID, { description: 'The order whose chat it is in.' })
  orderId!: string

  /** Not a field: the number of its sending in the stream of the chat. */
  readonly number!: number

  /** Not a field: the number of the event that delivered it, where one did. */
  readonly deliveredNumber?: number

  @Field(() => PublicProfile, { nullable: true, description: 'Null for SYSTEM.' })
  sender!: PublicProfile | null

  @Field(() => SenderRole, { description: 'As what the sender took part when they wrote it.' })
  senderRole!: SenderRole

  @Field(() => String, {
    description:
      'Plain text, 1 to 2000 characters; empty once deleted. Never HTML: escape it. Tabs and line feeds are the only control characters. SYSTEM messages are in Russian: `event` says the same in data.',
  })
  body!: string

  @Field(() => [Asset], { description: 'Up to ten, in the order they were given; none once deleted.' })
  attachments!: Asset[]

  @Field(() => [PublicProfile], { description: 'The participants who have read it, other than its sender.' })
  readBy!: PublicProfile[]

  @Field(() => String, { nullable: true, description: 'What the sender called it in sendMessage.' })
  clientMessageId!: string | null

  @Field(() => DateTime, { description: 'When it was sent. Messages are ordered by their cursor, not by this.' })
  createdAt!: string

  @Field(() => DateTime, {
    nullable: true,
    description: 'When its body last changed; null for never. What it said before is not kept.',
  })
  editedAt!: string | null

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was deleted, by its sender or by staff. It keeps its place, without words and attachments.',
  })
  deletedAt!: string | null

  @Field(() => PublicProfile, { nullable: true, description: 'Who deleted it: its sender, or one of staff.' })
  deletedBy!: PublicProfile | null

  @Field(() => OrderStatusEvent, {
    nullable: true,
    description: 'For SYSTEM messages, what happened to the order: word it in the language of your reader.',
  })
  event!: OrderStatusEvent | null
}

export const ChatMessageConnection = connectionOf(ChatMessage, 'ChatMessage')
