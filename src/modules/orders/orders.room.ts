import type { Platform } from '../../platform/platform.js'
import type { Room } from '../../platform/room.js'
import type { AssetLinks } from '../assets/index.js'
import type { FactoryCalls, FactoryCapacity } from '../factories/index.js'
import type { Payments } from '../payments/index.js'
import { createCartCorner } from './cart/cart.corner.js'
import { tellFactories } from './factory-calls/tell-factories.js'
import { OrderQuery } from './order.query.js'
import { OrderResolver } from './order.resolver.js'
import { OrderAccessQuery } from './order-access.query.js'
import { ASSIGN, ASSIGN_WAITING, OrderAssignment } from './order-assignment.service.js'
import { OrderCancellation } from './order-cancellation.service.js'
import { OrderCompletion } from './order-completion.js'
import { OrderCustomerResolver } from './order-customer.resolver.js'
import { OrderDrafts } from './order-draft.js'
import { OrderEventFieldsResolver, OrderFieldsResolver } from './order-fields.resolver.js'
import { OrderForgetting } from './order-forgetting.js'
import { OrderLiveResolver } from './order-live.resolver.js'
import { OrderLive } from './order-live.service.js'
import { OrderPayment } from './order-payment.service.js'
import { OrderPlacement } from './order-placement.service.js'
import { OrderProductionResolver } from './order-production.resolver.js'
import { OrderProduction } from './order-production.service.js'
import { OrderReceipt } from './order-receipt.service.js'
import {
  FactoryOrdersResolver,
  LedgerEntryOrderResolver,
  PaymentOrderResolver,
  UserOrdersResolver,
} from './order-relations.resolver.js'
import { addOrdersToOthers } from './order-relations.shape.js'
import { OrderSettlement } from './order-settlement.js'
import { type Generations, type Items, OrderSources } from './order-sources.js'
import { type OrderEventListener, OrderSteps } from './order-step.js'
import { OrderUpkeep, type OverdueListener } from './order-upkeep.js'

export interface OrdersDependencies {
  readonly payments: Payments
  readonly generations: Generations
  readonly factories: FactoryCapacity
  readonly calls: FactoryCalls
  readonly links: Pick<AssetLinks, 'linkOf'>
  readonly items: Items
}

/** The door for rooms that have to do with orders. */
export interface Orders extends Pick<OrderAccessQuery, 'find' | 'checkFor'> {
  /** Has `listener` hear of every event of every order, in the transaction that makes it. Register at start. */
  onEvent(listener: OrderEventListener): void
  /** Has `listener` hear of orders that are late, once for each deadline. Register at start. */
  onOverdue(listener: OverdueListener): void
}

addOrdersToOthers()

/** Orders from the first price to the last signature: placing, paying, printing, shipping, and everything live about it. */
export function createOrdersRoom(platform: Platform, deps: OrdersDependencies): Room & { readonly orders: Orders } {
  const { database, clock, cursors, streams } = platform
  const { payments, generations, factories, calls, links, items } = deps
  const access = new OrderAccessQuery(database.pool)
  const queries = new OrderQuery(database.pool, cursors, clock)
  const steps = new OrderSteps(streams, clock)
  tellFactories({ database, calls, links, steps })
  const assignment = new OrderAssignment(database, clock, factories, steps)
  const completion = new OrderCompletion(steps, items, payments)
  const cancellation = new OrderCancellation(database, steps, payments, assignment)
  const sources = new OrderSources(items, generations)
  const drafts = new OrderDrafts(sources, factories)
  const placement = new OrderPlacement(database, clock, drafts, factories, steps)
  const cart = createCartCorner(platform, { items, sources, drafts, placement, queries })
  const forgetting = new OrderForgetting(cancellation)
  const upkeep = new OrderUpkeep(database, clock, cancellation, completion)
  payments.handle('ORDER', new OrderSettlement(clock, steps, assignment, completion))
  return {
    resolvers: [
      new OrderResolver(queries),
      new OrderFieldsResolver(cursors),
      new OrderEventFieldsResolver(cursors),
      new OrderCustomerResolver({
        queries,
        placement,
        payment: new OrderPayment(database, payments, access),
        cancellation,
        receipt: new OrderReceipt(database, completion),
      }),
      new OrderProductionResolver(queries, assignment, new OrderProduction(database, clock, steps, assignment)),
      new OrderLiveResolver(new OrderLive(database.pool, streams, cursors, access)),
      new UserOrdersResolver(queries),
      new FactoryOrdersResolver(queries),
      new PaymentOrderResolver(),
      new LedgerEntryOrderResolver(),
      ...cart.resolvers,
    ],
    jobs: {
      [ASSIGN]: (payload) => assignment.assignAutomatically(payload),
      [ASSIGN_WAITING]: () => assignment.assignWaiting(),
      'cancel-unpaid-orders': () => upkeep.cancelUnpaid(),
      'complete-shipped-orders': () => upkeep.completeShipped(),
      'tell-overdue-orders': () => upkeep.tellOverdue(),
    },
    crontab: [
      `* * * * * ${ASSIGN_WAITING} ?max=1`,
      '* * * * * cancel-unpaid-orders ?max=1',
      '*/5 * * * * complete-shipped-orders ?max=1',
      '* * * * * tell-overdue-orders ?max=1',
    ],
    forget: async (tx, userId) => {
      await cart.forget(tx, userId)
      await forgetting.forget(tx, userId)
    },
    orders: {
      find: (viewer, id) => access.find(viewer, id),
      checkFor: (viewer, id) => access.checkFor(viewer, id),
      onEvent: (listener) => steps.onEvent(listener),
      onOverdue: (listener) => upkeep.onOverdue(listener),
    },
  }
}
