import { Field, Int, ObjectType } from 'type-graphql'
import { connectionOf } from '../../../platform/graphql/connection.type.js'
import { DateTime, UUID } from '../../../platform/graphql/scalars.js'

@ObjectType({
  description: 'A webhook of a payment provider, kept as it came before anything in it is believed.',
  simpleResolvers: true,
})
export class WebhookDelivery {
  @Field(() => UUID, { description: 'For `retryWebhookDelivery`.' })
  id!: string

  @Field(() => String, { description: 'IN: sent to us.' })
  direction!: string

  @Field(() => String, { description: 'Who sent it, as in PaymentProvider.' })
  provider!: string

  @Field(() => String, {
    description: 'What the provider knows the event by. Each is kept once, however often it is sent.',
  })
  eventId!: string

  @Field(() => String, { description: 'Its kind in the provider’s own words, such as "payment.succeeded".' })
  eventType!: string

  @Field(() => String, {
    description:
      'RECEIVED: waits to be read, also between tries. PROCESSED: what it is about was read from the provider and applied. IGNORED: nothing of ours. FAILED: given up.',
  })
  status!: string

  @Field(() => Int, { description: 'How often it was read so far.' })
  attempts!: number

  @Field(() => String, { nullable: true, description: 'What went wrong the last time; null when nothing did.' })
  error!: string | null

  @Field(() => DateTime, { description: 'When it came first.' })
  receivedAt!: string

  @Field(() => DateTime, { nullable: true, description: 'When it was PROCESSED or IGNORED.' })
  processedAt!: string | null
}

@ObjectType({ description: 'A page of webhooks, the latest first.', simpleResolvers: true })
export class WebhookDeliveryConnection extends connectionOf(WebhookDelivery, 'WebhookDelivery') {}
