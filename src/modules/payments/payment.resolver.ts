import type { GraphQLResolveInfo } from 'graphql'
import { Arg, Args, Ctx, Info, Mutation, Query, Resolver } from 'type-graphql'
import type { Context } from '../../platform/graphql/context.js'
import { Can } from '../../platform/graphql/marks.js'
import { UUID } from '../../platform/graphql/scalars.js'
import { selectionOf } from '../../platform/graphql/selection-of.js'
import { DepositInput } from './balance/deposit.input.js'
import type { Deposit } from './balance/deposit.service.js'
import type { PaymentQuery } from './payment.query.js'
import { Payment } from './payment.type.js'
import type { PaymentCancellation } from './payment-cancellation.service.js'
import { RefundPaymentArgs } from './refunds/refund-payment.args.js'
import type { StaffRefund } from './refunds/staff-refund.service.js'

interface PaymentActs {
  readonly deposit: Deposit
  readonly cancellation: PaymentCancellation
  readonly refund: StaffRefund
}

@Resolver()
export class PaymentResolver {
  constructor(
    private readonly payments: PaymentQuery,
    private readonly acts: PaymentActs,
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
      "Starts a payment into the viewer's balance; send the customer to its `confirmationUrl`. The balance grows once the provider has reported success, by one DEPOSIT line in `me.ledger`.",
  })
  async deposit(
    @Arg('input', () => DepositInput, { description: 'How much, and how.' }) input: DepositInput,
    @Ctx() { viewer }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Payment> {
    return this.payments.byId(viewer, await this.acts.deposit.start(viewer, input), selectionOf(info))
  }

  @Can('payment.refund')
  @Mutation(() => Payment, {
    description:
      'Gives money back to where it came from, for MANAGER and ADMIN; the refund stands in `refunds`, PENDING until the provider has decided. The status of an order does not change: `cancelOrder` does both. INVALID_TRANSITION for what was not paid or has all been given back; INSUFFICIENT_FUNDS for a deposit that has been spent: its money leaves the balance at once, and returns there should the refund fail.',
  })
  async refundPayment(
    @Args(() => RefundPaymentArgs) args: RefundPaymentArgs,
    @Ctx() { viewer, ip }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Payment> {
    return this.payments.byId(viewer, await this.acts.refund.give(viewer, args, ip), selectionOf(info))
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
    return this.acts.cancellation.cancel(viewer, id, selectionOf(info))
  }
}
