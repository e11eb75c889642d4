import type { GraphQLResolveInfo } from 'graphql'
import { Args, Ctx, FieldResolver, Info, Query, Resolver } from 'type-graphql'
import type { Page } from '../../platform/database/page.js'
import { ForwardPageArgs } from '../../platform/graphql/connection.type.js'
import type { Context } from '../../platform/graphql/context.js'
import { Can } from '../../platform/graphql/marks.js'
import { selectionOf } from '../../platform/graphql/selection-of.js'
import { type Payment, PaymentConnection, type PaymentQuery, PaymentsArgs } from '../payments/index.js'
import { AdminQuery } from './admin.type.js'
import type { WebhookDeliveryQuery } from './webhooks/webhook-delivery.query.js'
import { type WebhookDelivery, WebhookDeliveryConnection } from './webhooks/webhook-delivery.type.js'

@Resolver(() => AdminQuery)
export class AdminResolver {
  constructor(
    private readonly allPayments: PaymentQuery,
    private readonly deliveries: WebhookDeliveryQuery,
  ) {}

  @Can('admin.read')
  @Query(() => AdminQuery, { description: 'The desk. FORBIDDEN to all but MANAGER and ADMIN.' })
  admin(): AdminQuery {
    return new AdminQuery()
  }

  @Can('admin.read')
  @FieldResolver(() => PaymentConnection, { description: 'Every attempt to pay, the latest first.' })
  payments(
    @Args(() => PaymentsArgs) { status, ...page }: PaymentsArgs,
    @Ctx() { viewer }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<Payment>> {
    return this.allPayments.list(viewer, status ?? [], page, selectionOf(info))
  }

  @Can('admin.read')
  @FieldResolver(() => WebhookDeliveryConnection, {
    description:
      'The webhooks of payment providers to us, of which none is dropped, and ours to factories, kept for 30 days. The latest first.',
  })
  webhookDeliveries(
    @Args(() => ForwardPageArgs) page: ForwardPageArgs,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<WebhookDelivery>> {
    return this.deliveries.list(page, selectionOf(info))
  }
}
