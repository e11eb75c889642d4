import type { Database } from '../../../platform/database/database.js'
import type { AssetLinks } from '../../assets/index.js'
import type { FactoryCalls } from '../../factories/index.js'
import type { OrderEventRecord, OrderSteps } from '../order-step.js'
import type { FactoryNewsType } from './factory-news-type.js'
import { OrderNews } from './order-news.query.js'

interface Deps {
  readonly database: Pick<Database, 'pool'>
  readonly calls: FactoryCalls
  readonly links: Pick<AssetLinks, 'linkOf'>
  readonly steps: Pick<OrderSteps, 'onEvent'>
}

/** Has factories called about their orders, in the transaction of what happens to them. */
export function tellFactories({ database, calls, links, steps }: Deps): void {
  const news = new OrderNews(database, links)
  calls.tellBy((call) => news.dataOf(call))
  steps.onEvent(async (tx, event) => {
    const { orderId: subjectId, factoryId, formerFactoryId } = event
    if (formerFactoryId && formerFactoryId !== factoryId)
      await calls.request(tx, { factoryId: formerFactoryId, type: 'order.withdrawn', subjectId })
    const type = newsOf(event)
    if (factoryId && type) await calls.request(tx, { factoryId, type, subjectId })
  })
}

/** What its factory is to know of an event; null when it is the factory's own doing, or nothing to it. */
function newsOf({ type, toStatus }: OrderEventRecord): FactoryNewsType | null {
  if (type === 'FACTORY_ASSIGNED') return 'order.assigned'
  if (type === 'DEADLINE_CHANGED') return 'order.deadline_changed'
  return type === 'STATUS_CHANGED' && toStatus === 'CANCELLED' ? 'order.cancelled' : null
}
