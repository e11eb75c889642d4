import { Field, ObjectType } from 'type-graphql'
import { connectionOf } from '../../platform/graphql/connection.type.js'
import { DateTime, UUID } from '../../platform/graphql/scalars.js'
import { Asset } from '../assets/index.js'
import { PublicProfile } from '../users/index.js'
import { SenderRole } from './sender-role.js'

@ObjectType({ description: 'One message in the chat of an order.', simpleResolvers: true })
export class ChatMessage {
  @Field(() => UUID, { description: 'Stays when the message is edited or deleted.' })
  id!: string

  @Field(() => UUID, { description: 'The order whose chat it is in.' })
  orderId!: string

  /** Not a field: its number in the stream of the chat, from 1 without gaps. */
  readonly number!: number

  @Field(() => PublicProfile, { nullable: true, description: 'Null for SYSTEM.' })
  sender!: PublicProfile | null

  @Field(() => SenderRole, { description: 'As what the sender took part when they wrote it.' })
  senderRole!: SenderRole

  @Field(() => String, { description: 'Plain text, 1 to 2000 characters; empty once deleted. Never HTML: escape it.' })
  body!: string

  @Field(() => [Asset], { description: 'Up to ten, in the order they were given; none once deleted.' })
  attachments!: Asset[]

  @Field(() => [PublicProfile], { description: 'The participants who have read it, other than its sender.' })
  readBy!: PublicProfile[]

  @Field(() => String, { nullable: true, description: 'What the sender called it in sendMessage.' })
  clientMessageId!: string | null

  @Field(() => DateTime, { description: 'When it was sent. Messages are ordered by their cursor, not by this.' })
  createdAt!: string

  @Field(() => DateTime, { nullable: true, description: 'When its body last changed; null for never.' })
  editedAt!: string | null

  @Field(() => DateTime, { nullable: true, description: 'When its sender deleted it; it keeps its place.' })
  deletedAt!: string | null
}

export const ChatMessageConnection = connectionOf(ChatMessage, 'ChatMessage')
