import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql'
import type { Context } from '../../platform/graphql/context.js'
import { Can } from '../../platform/graphql/marks.js'
import { UUID } from '../../platform/graphql/scalars.js'
import { selectionOf } from '../../platform/graphql/selection-of.js'
import type { PaymentQuery } from './payment.query.js'
import { Payment } from './payment.type.js'
import type { PaymentCancellation } from './payment-cancellation.service.js'

@Resolver()
export class PaymentResolver {
  constructor(
    private readonly payments: PaymentQuery,
    private readonly cancellation: PaymentCancellation,
  ) {}

  @Can('payment.read')
  @Query(() => Payment, {
    nullable: true,
    description: 'A payment of your own; MANAGER and ADMIN see all. NOT_FOUND for every other id.',
  })
  payment(
    @Arg('id', () => UUID, { description: 'Of a Payment.' }) id: string,
    @Ctx() { viewer }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Payment | null> {
    return this.payments.byId(viewer, id, selectionOf(info))
  }

  @Can('payment.create')
  @Mutation(() => Payment, {
    description:
      'Gives up an attempt to pay, your own or, for staff, any. INVALID_TRANSITION unless it is PENDING, and when the customer paid at this very moment.',
  })
  cancelPayment(
    @Arg('id', () => UUID, { description: 'Of a PENDING Payment.' }) id: string,
    @Ctx() { viewer }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Payment> {
    return this.cancellation.cancel(viewer, id, selectionOf(info))
  }
}
