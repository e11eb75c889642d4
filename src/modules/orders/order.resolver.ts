import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Args, Ctx, Info, Query, Resolver } from 'type-graphql'
import type { Page } from '../../platform/database/page.js'
import type { Context } from '../../platform/graphql/context.js'
import { Can } from '../../platform/graphql/marks.js'
import { UUID } from '../../platform/graphql/scalars.js'
import { selectionOf } from '../../platform/graphql/selection-of.js'
import type { OrderQuery } from './order.query.js'
import { Order, OrderConnection } from './order.type.js'
import { OrdersArgs } from './order-filter.input.js'

@Resolver(() => Order)
export class OrderResolver {
  constructor(private readonly queries: OrderQuery) {}

  @Can('order.read')
  @Query(() => Order, {
    nullable: true,
    description:
      'One order, for its customer, its factory, designers of its items, and staff. NOT_FOUND to everybody else.',
  })
  order(
    @Arg('id', () => UUID, { description: 'Of the order.' }) id: string,
    @Ctx() { viewer }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Order> {
    return this.queries.byId(viewer, id, selectionOf(info))
  }

  @Can('order.read')
  @Query(() => OrderConnection, {
    description: "The viewer's own orders, newest first; for FACTORY those assigned to it, for MANAGER and ADMIN all.",
  })
  orders(
    @Args(() => OrdersArgs) args: OrdersArgs,
    @Ctx() { viewer }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<Order>> {
    return this.queries.list(viewer, args, selectionOf(info))
  }
}
