import { OrderEventType, OrderStatus, ProductionStage } from '../../generated/prisma/enums.js'
import { describeEnum } from '../../platform/graphql/describe-enum.js'

describeEnum(
  OrderStatus,
  'OrderStatus',
  'Where an order stands. `Order.allowedTransitions` says where the viewer may take it next.',
  {
    CREATED: 'Placed, waiting for payment. Cancelled by itself after 24 hours.',
    PAID: 'Paid in full, waiting for a factory with free capacity; its DIGITAL files are released.',
    PRODUCTION: 'At a factory; see `productionStage`.',
    SHIPPED: 'On its way. Completed by itself after 14 days.',
    COMPLETED: 'Received, or all DIGITAL and paid. Final; may be reviewed.',
    CANCELLED: 'Called off. Final; what was paid is refunded.',
  },
)

describeEnum(
  ProductionStage,
  'ProductionStage',
  'How far the factory is. Stages follow in this order, one at a time.',
  {
    QUEUED: 'Assigned, not begun.',
    IN_PROGRESS: 'Being printed.',
    QUALITY_CHECK: 'Printed, being looked at.',
    READY: 'Packed, ready to ship.',
    FAILED: 'It cannot be printed there. Possible from every stage; staff then assign another factory or cancel.',
  },
)

describeEnum(OrderEventType, 'OrderEventType', 'What happened to an order.', {
  CREATED: 'It was placed. The first event of every order.',
  STATUS_CHANGED:
    'It went from `fromStatus` to `toStatus`. Every change of status is one such event, and nothing else is.',
  FACTORY_ASSIGNED: 'A factory took it.',
  PRODUCTION_STAGE_CHANGED: 'The factory moved it to `productionStage`.',
  DEADLINE_CHANGED: 'Its production deadline was moved.',
  PAYMENT_SUCCEEDED: 'A payment for it settled.',
  PAYMENT_FAILED: 'An attempt to pay failed; another may be made.',
  REFUNDED: 'Money went back to the customer.',
  TRACKING_ADDED: 'It was given a tracking number.',
})

export { OrderEventType, OrderStatus, ProductionStage }
