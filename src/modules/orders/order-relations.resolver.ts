import type { GraphQLResolveInfo } from 'graphql'
import { Args, Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql'
import type { Page } from '../../platform/database/page.js'
import type { Context } from '../../platform/graphql/context.js'
import { selectionOf } from '../../platform/graphql/selection-of.js'
import { Factory } from '../factories/index.js'
import { LedgerEntry, Payment } from '../payments/index.js'
import { User } from '../users/index.js'
import type { OrderQuery } from './order.query.js'
import { Order, OrderConnection } from './order.type.js'
import { OrdersArgs } from './order-filter.input.js'

type WithOrder<Thing> = Thing & { readonly order?: Order | null }

@Resolver(() => User)
export class UserOrdersResolver {
  constructor(private readonly queries: OrderQuery) {}

  @FieldResolver(() => OrderConnection, {
    description: 'What this person ordered, newest first. FORBIDDEN to others than themselves and staff.',
  })
  orders(
    @Root() user: User,
    @Args(() => OrdersArgs) args: OrdersArgs,
    @Ctx() { viewer }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<Order>> {
    return this.queries.ofUser(viewer, user, args, selectionOf(info))
  }
}

@Resolver(() => Factory)
export class FactoryOrdersResolver {
  constructor(private readonly queries: OrderQuery) {}

  @FieldResolver(() => OrderConnection, {
    description: 'What is or was assigned to it, newest first. FORBIDDEN to others than its own people and staff.',
  })
  orders(
    @Root() factory: Factory,
    @Args(() => OrdersArgs) args: OrdersArgs,
    @Ctx() { viewer }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Page<Order>> {
    return this.queries.ofFactory(viewer, factory, args, selectionOf(info))
  }
}

// Who sees a payment or a ledger line placed the order it is for, or is staff.
@Resolver(() => Payment)
export class PaymentOrderResolver {
  @FieldResolver(() => Order, { nullable: true, description: 'What it pays for, when that is an order.' })
  order(@Root() payment: WithOrder<Payment>): Order | null {
    return payment.order ?? null
  }
}

@Resolver(() => LedgerEntry)
export class LedgerEntryOrderResolver {
  @FieldResolver(() => Order, { nullable: true, description: 'The order that moved the money, when one did.' })
  order(@Root() entry: WithOrder<LedgerEntry>): Order | null {
    return entry.order ?? null
  }
}
