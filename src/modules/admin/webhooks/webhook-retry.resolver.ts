import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql'
import { notFound } from '../../../kernel/domain-error.js'
import type { Viewer } from '../../../kernel/viewer.js'
import type { Context } from '../../../platform/graphql/context.js'
import { Can } from '../../../platform/graphql/marks.js'
import { UUID } from '../../../platform/graphql/scalars.js'
import { selectionOf } from '../../../platform/graphql/selection-of.js'
import type { WebhookDeliveryQuery } from './webhook-delivery.query.js'
import { WebhookDelivery } from './webhook-delivery.type.js'

/** A side that has webhooks tried again. Answers false when it knows none of this id. */
export interface WebhookRetrier {
  retry(viewer: Viewer, id: string, ip: string | null): Promise<boolean>
}

@Resolver()
export class WebhookRetryResolver {
  constructor(
    private readonly deliveries: WebhookDeliveryQuery,
    private readonly retriers: readonly WebhookRetrier[],
  ) {}

  @Can('webhook.retry')
  @Mutation(() => WebhookDelivery, {
    description:
      'Has a webhook tried again within seconds: one to us that is RECEIVED or FAILED is read, one to a factory that is PENDING or FAILED is sent, and for 3 days more when that fails. INVALID_TRANSITION for any other, CONFLICT when the factory is not called any more. For MANAGER and ADMIN.',
  })
  async retryWebhookDelivery(
    @Arg('id', () => UUID, { description: 'Of a WebhookDelivery.' }) id: string,
    @Ctx() { viewer, ip }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<WebhookDelivery> {
    for (const retrier of this.retriers)
      if (await retrier.retry(viewer, id, ip)) return this.deliveries.byId(id, selectionOf(info))
    throw notFound('webhook delivery')
  }
}
