import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, Info, Mutation, Resolver } from 'type-graphql'
import type { Context } from '../../../platform/graphql/context.js'
import { Can } from '../../../platform/graphql/marks.js'
import { UUID } from '../../../platform/graphql/scalars.js'
import { selectionOf } from '../../../platform/graphql/selection-of.js'
import type { WebhookDeliveryQuery } from './webhook-delivery.query.js'
import { WebhookDelivery } from './webhook-delivery.type.js'
import type { WebhookRetry } from './webhook-retry.service.js'

@Resolver()
export class WebhookRetryResolver {
  constructor(
    private readonly deliveries: WebhookDeliveryQuery,
    private readonly retries: WebhookRetry,
  ) {}

  @Can('webhook.retry')
  @Mutation(() => WebhookDelivery, {
    description:
      'Has a webhook read again that is RECEIVED or FAILED; it is read within seconds. INVALID_TRANSITION for any other. For MANAGER and ADMIN.',
  })
  async retryWebhookDelivery(
    @Arg('id', () => UUID, { description: 'Of a WebhookDelivery.' }) id: string,
    @Ctx() { viewer, ip }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<WebhookDelivery> {
    await this.retries.retry(viewer, id, ip)
    return this.deliveries.byId(id, selectionOf(info))
  }
}
