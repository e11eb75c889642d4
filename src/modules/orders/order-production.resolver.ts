import type { GraphQLResolveInfo } from 'graphql'
import { Args, Ctx, Info, Mutation, Resolver } from 'type-graphql'
import type { Context } from '../../platform/graphql/context.js'
import { Can } from '../../platform/graphql/marks.js'
import { selectionOf } from '../../platform/graphql/selection-of.js'
import { AdvanceProductionArgs, AssignFactoryArgs, SetProductionDeadlineArgs, ShipOrderArgs } from './order.args.js'
import type { OrderQuery } from './order.query.js'
import { Order } from './order.type.js'
import type { OrderAssignment } from './order-assignment.service.js'
import type { OrderProduction } from './order-production.service.js'

/** What the order desk and factories do with an order. */
@Resolver()
export class OrderProductionResolver {
  constructor(
    private readonly queries: OrderQuery,
    private readonly assignment: OrderAssignment,
    private readonly production: OrderProduction,
  ) {}

  @Can('order.assign')
  @Mutation(() => Order, {
    description:
      'Brings a PAID order, or one whose print FAILED, to a factory, with a new deadline and at stage QUEUED. The factory that failed no longer sees the order: NOT_FOUND. CONFLICT when that factory, or every factory, is closed, full, or does not print it all.',
  })
  async assignFactory(
    @Args(() => AssignFactoryArgs) args: AssignFactoryArgs,
    @Ctx() { viewer }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Order> {
    const id = await this.assignment.assign(viewer, args.orderId, args.factoryId ?? null)
    return this.queries.byId(viewer, id, selectionOf(info))
  }

  @Can('order.produce')
  @Mutation(() => Order, {
    description:
      'Moves an order to its next stage, by its factory or staff: QUEUED, IN_PROGRESS, QUALITY_CHECK, READY one at a time, FAILED from any of them. Otherwise INVALID_TRANSITION.',
  })
  async advanceProduction(
    @Args(() => AdvanceProductionArgs) args: AdvanceProductionArgs,
    @Ctx() { viewer }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Order> {
    const id = await this.production.advance(viewer, args.orderId, args.stage, args.note || null)
    return this.queries.byId(viewer, id, selectionOf(info))
  }

  @Can('order.produce')
  @Mutation(() => Order, {
    description:
      'Marks an order as sent, by its factory or staff, from any stage but FAILED. INVALID_TRANSITION unless it is in PRODUCTION.',
  })
  async shipOrder(
    @Args(() => ShipOrderArgs) args: ShipOrderArgs,
    @Ctx() { viewer }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Order> {
    const id = await this.production.ship(viewer, args.orderId, args.trackingNumber || null)
    return this.queries.byId(viewer, id, selectionOf(info))
  }

  @Can('order.assign')
  @Mutation(() => Order, {
    description:
      'Gives an order in PRODUCTION another deadline, by staff; a DEADLINE_CHANGED event tells its customer and its factory. The deadline it has already changes nothing. INVALID_TRANSITION unless it is in PRODUCTION.',
  })
  async setProductionDeadline(
    @Args(() => SetProductionDeadlineArgs) args: SetProductionDeadlineArgs,
    @Ctx() { viewer, ip }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Order> {
    const id = await this.production.setDeadline(viewer, args.orderId, args.deadline, ip)
    return this.queries.byId(viewer, id, selectionOf(info))
  }
}
