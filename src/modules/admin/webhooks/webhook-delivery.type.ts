import { Field, Int, ObjectType } from 'type-graphql'
import { connectionOf } from '../../../platform/graphql/connection.type.js'
import { DateTime, UUID } from '../../../platform/graphql/scalars.js'

@ObjectType({
  description:
    'A webhook: of a payment provider to us, kept as it came before anything in it is believed, or of ours to a factory.',
  simpleResolvers: true,
})
export class WebhookDelivery {
  @Field(() => UUID, { description: 'For `retryWebhookDelivery`.' })
  id!: string

  @Field(() => String, { description: 'IN: sent to us. OUT: sent to a factory.' })
  direction!: string

  @Field(() => String, { description: 'IN: who sent it, as in PaymentProvider. OUT: the id of the factory.' })
  provider!: string

  @Field(() => String, {
    description:
      'IN: what the provider knows the event by; each is kept once, however often it is sent. OUT: the `Webhook-Id`, the same for every try.',
  })
  eventId!: string

  @Field(() => String, {
    description:
      'Its kind. IN: in the provider’s own words, such as "payment.succeeded". OUT: such as "order.assigned".',
  })
  eventType!: string

  @Field(() => String, {
    description:
      'IN: RECEIVED waits to be read, also between tries; PROCESSED: what it is about was read from the provider and applied; IGNORED: nothing of ours; FAILED: given up. OUT: PENDING waits for its next try, DELIVERED: answered with 2xx, IGNORED: no longer true, or the factory is not called any more, FAILED: given up after 3 days, or answered with 410.',
  })
  status!: string

  @Field(() => Int, { description: 'IN: how often it was read so far. OUT: how often it was sent.' })
  attempts!: number

  @Field(() => String, { nullable: true, description: 'What went wrong the last time; null when nothing did.' })
  error!: string | null

  @Field(() => DateTime, { description: 'IN: when it came first. OUT: when what it tells happened.' })
  receivedAt!: string

  @Field(() => DateTime, {
    nullable: true,
    description: 'IN: when it was PROCESSED or IGNORED. OUT: when it was DELIVERED, IGNORED or FAILED.',
  })
  processedAt!: string | null
}

@ObjectType({ description: 'A page of webhooks, the latest first.', simpleResolvers: true })
export class WebhookDeliveryConnection extends connectionOf(WebhookDelivery, 'WebhookDelivery') {}
