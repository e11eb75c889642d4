import type { Viewer } from '../../kernel/viewer.js'
import type { CheckEvent } from '../../platform/events/follow.js'
import type { OrderAccess } from '../orders/index.js'

/** What chat asks of orders: who takes part in one. */
export interface OrderFinder {
  /** @throws NOT_FOUND for an unknown order and for one the viewer takes no part in */
  find(viewer: Viewer, id: string): Promise<OrderAccess>
  /** The same, to be asked before each delivery of one of the order's events. */
  checkFor(viewer: Viewer, id: string): CheckEvent
}
