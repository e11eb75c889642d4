import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql'
import type { Context } from '../../platform/graphql/context.js'
import { Can, Open } from '../../platform/graphql/marks.js'
import { UUID } from '../../platform/graphql/scalars.js'
import { selectionOf } from '../../platform/graphql/selection-of.js'
import { ProductType } from '../marketplace/index.js'
import { Payment } from '../payments/index.js'
import { CreateOrderInput } from './create-order.input.js'
import { CancelOrderArgs } from './order.args.js'
import type { OrderQuery } from './order.query.js'
import { Order } from './order.type.js'
import type { OrderCancellation } from './order-cancellation.service.js'
import type { OrderPayment } from './order-payment.service.js'
import type { OrderPlacement } from './order-placement.service.js'
import type { OrderReceipt } from './order-receipt.service.js'
import { PayOrderInput } from './pay-order.input.js'
import { optionsFor } from './print-options.js'
import { PrintOptions } from './print-options.type.js'
import { Quote } from './quote.type.js'

interface CustomerActs {
  readonly queries: OrderQuery
  readonly placement: OrderPlacement
  readonly payment: OrderPayment
  readonly cancellation: OrderCancellation
  readonly receipt: OrderReceipt
}

/** What a customer does with an order, from the first look at prices to its arrival. */
@Resolver()
export class OrderCustomerResolver {
  constructor(private readonly acts: CustomerActs) {}

  @Open()
  @Query(() => PrintOptions, { description: 'What to offer for `PrintSpecsInput` of a product.' })
  printOptions(
    @Arg('productType', () => ProductType, { description: 'The product.' }) productType: ProductType,
  ): PrintOptions {
    return optionsFor(productType)
  }

  @Can('order.create')
  @Query(() => Quote, {
    description:
      'What `createOrder` would charge for the same input, with warnings about the prints. The address may be left out. BAD_USER_INPUT names every wrong field.',
  })
  quote(
    @Arg('input', () => CreateOrderInput, { description: 'The order to price.' }) input: CreateOrderInput,
    @Ctx() { viewer }: Context,
  ): Promise<Quote> {
    return this.acts.placement.quote(viewer, input)
  }

  @Can('order.create')
  @Mutation(() => Order, {
    description:
      "Places an order, CREATED until it is paid. What is not published, not completed or not the viewer's is BAD_USER_INPUT at its path.",
  })
  async createOrder(
    @Arg('input', () => CreateOrderInput, { description: 'The order.' }) input: CreateOrderInput,
    @Ctx() { viewer }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Order> {
    return this.acts.queries.byId(viewer, await this.acts.placement.create(viewer, input), selectionOf(info))
  }

  @Can('payment.create')
  @Mutation(() => Payment, {
    description:
      "Starts an attempt to pay the viewer's own order; send the customer to its `confirmationUrl`. INVALID_TRANSITION unless the order is CREATED. Several attempts may be open; the first that settles pays the order, later ones are refunded by themselves.",
  })
  async payOrder(
    @Arg('input', () => PayOrderInput, { description: 'What to pay, and how.' }) input: PayOrderInput,
    @Ctx() { viewer }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Payment> {
    return this.acts.payment.read(viewer, await this.acts.payment.pay(viewer, input), selectionOf(info))
  }

  @Can('order.cancel')
  @Mutation(() => Order, {
    description:
      'Calls an order off and refunds what was paid. CREATED and PAID: its customer and staff; PRODUCTION: staff. Otherwise INVALID_TRANSITION.',
  })
  async cancelOrder(
    @Args(() => CancelOrderArgs) args: CancelOrderArgs,
    @Ctx() { viewer }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Order> {
    return this.acts.queries.byId(viewer, await this.acts.cancellation.cancel(viewer, args.id, args), selectionOf(info))
  }

  @Can('order.complete')
  @Mutation(() => Order, {
    description:
      'Confirms that an order has arrived, by its customer or staff. INVALID_TRANSITION unless it is SHIPPED.',
  })
  async completeOrder(
    @Arg('id', () => UUID, { description: 'Of the order.' }) id: string,
    @Ctx() { viewer }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Order> {
    return this.acts.queries.byId(viewer, await this.acts.receipt.confirm(viewer, id), selectionOf(info))
  }
}
