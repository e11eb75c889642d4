import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { OrderStatus as Status } from '../../generated/prisma/enums.js'
import type { CursorCodec } from '../../kernel/cursor.js'
import type { Context } from '../../platform/graphql/context.js'
import { Cursor } from '../../platform/graphql/scalars.js'
import { Payment } from '../payments/index.js'
import { Address } from './address.type.js'
import { OrderStatus } from './order.enums.js'
import { actorsOf, maySeeDelivery, maySeePurchase, visibleLines } from './order.policy.js'
import { Order } from './order.type.js'
import { OrderStatusEvent } from './order-event.type.js'
import { nextStatuses } from './order-lifecycle.js'
import { OrderLine } from './order-line.type.js'
import { cursorScope, orderStream } from './order-streams.js'

/** The fields of an order that depend on who looks. All of them were read with it. */
@Resolver(() => Order)
export class OrderFieldsResolver {
  constructor(private readonly cursors: CursorCodec) {}

  @FieldResolver(() => [OrderStatus], {
    description:
      'Where the viewer may take it next; empty for whoever may only look. A customer: CREATED and PAID to CANCELLED, SHIPPED to COMPLETED. A factory: PRODUCTION to SHIPPED. Staff: those, PAID to PRODUCTION (assignFactory), and PRODUCTION to CANCELLED.',
  })
  allowedTransitions(@Root() order: Order, @Ctx() { viewer }: Context): Status[] {
    return nextStatuses(actorsOf(viewer, order), order)
  }

  @FieldResolver(() => [OrderLine], { description: '1 to 50, in the order they were given.' })
  lines(@Root() order: Order, @Ctx() { viewer }: Context): OrderLine[] {
    return visibleLines(viewer, order)
  }

  @FieldResolver(() => Address, {
    nullable: true,
    description:
      'Null when every line is DIGITAL, to designers of its items, and once its customer has deleted the account.',
  })
  deliveryAddress(@Root() order: Order, @Ctx() { viewer }: Context): Address | null {
    return maySeeDelivery(viewer, order) ? (order.deliveryAddress ?? null) : null
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "The customer's words to the factory. Null to designers of its items, and once the customer has deleted the account.",
  })
  note(@Root() order: Order, @Ctx() { viewer }: Context): string | null {
    return maySeeDelivery(viewer, order) ? (order.note ?? null) : null
  }

  @FieldResolver(() => [Payment], {
    description:
      'Every attempt to pay it, oldest first; at most one succeeds. For the customer and staff; empty to others.',
  })
  payments(@Root() order: Order, @Ctx() { viewer }: Context): object[] {
    return maySeePurchase(viewer, order) ? (order.payments ?? []) : []
  }

  @FieldResolver(() => [OrderStatusEvent], { description: 'Every event of the order, oldest first.' })
  history(@Root() order: Order): object[] {
    return order.history ?? []
  }

  @FieldResolver(() => Cursor, {
    description:
      'The end of its history as it was read here: subscribe to orderStatusChanged after it and nothing is missed.',
  })
  lastEventCursor(@Root() order: Order): string {
    return this.cursors.encode(cursorScope(orderStream(order.id)), [order.lastEventCursor ?? '0'])
  }
}

@Resolver(() => OrderStatusEvent)
export class OrderEventFieldsResolver {
  constructor(private readonly cursors: CursorCodec) {}

  @FieldResolver(() => Cursor, {
    description:
      'Its place in the stream it was delivered on; in `Order.history`, in the stream of orderStatusChanged for this order.',
  })
  cursor(@Root() event: OrderStatusEvent): string {
    return event.deliveredCursor ?? this.cursors.encode(cursorScope(orderStream(event.orderId)), [event.number])
  }
}
