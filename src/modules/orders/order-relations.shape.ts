import { one, page } from '../../platform/database/shape.js'
import { factoryShape } from '../factories/index.js'
import { ledgerEntryShape, paymentShape } from '../payments/index.js'
import { userShape } from '../users/index.js'
import { orderShape } from './order.shape.js'

const newestFirst = { keys: ['created_at', 'id'], descending: true } as const

/** Lets the things of rooms below be read together with their orders. */
export function addOrdersToOthers(): void {
  userShape.extend({
    orders: page(
      () => orderShape,
      (user, order) => `${order}.customer_id = ${user}.id`,
      newestFirst,
    ),
  })
  factoryShape.extend({
    orders: page(
      () => orderShape,
      (factory, order) => `${order}.factory_id = ${factory}.id`,
      newestFirst,
    ),
  })
  paymentShape.extend({
    order: one(
      () => orderShape,
      (payment, order) => `${payment}.purpose = 'ORDER' and ${order}.id = ${payment}.reference_id`,
    ),
  })
  ledgerEntryShape.extend({
    order: one(
      () => orderShape,
      (entry, order) => `${order}.id = ${entry}.order_id`,
    ),
  })
}
