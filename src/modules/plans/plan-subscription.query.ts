import { Prisma } from '../../generated/prisma/client.js'
import type { Clock } from '../../kernel/clock.js'
import { unauthenticated } from '../../kernel/domain-error.js'
import type { Viewer } from '../../kernel/viewer.js'
import type { Database } from '../../platform/database/database.js'
import { readOne } from '../../platform/database/read-shape.js'
import type { Selection } from '../../platform/database/selection.js'
import { inTransaction } from '../../platform/database/transaction.js'
import { requirePrivateTo } from '../users/index.js'
import type { PlanSubscription } from './plan.type.js'
import { bringUpToDate } from './plan-account.js'
import { planSubscriptionShape } from './plan-subscription.shape.js'

export interface PlanSubscriptionQueryDeps {
  readonly database: Database
  readonly clock: Clock
}

export class PlanSubscriptionQuery {
  constructor(private readonly deps: PlanSubscriptionQueryDeps) {}

  /**
   * A user's plan as of now. `preloaded` is what was read along with the user: it does, unless there was none yet or time has moved it.
   * @throws FORBIDDEN for anybody but the user and staff
   */
  async ofUser(
    viewer: Viewer,
    userId: string,
    selection: Selection,
    preloaded: PlanSubscription | null | undefined,
  ): Promise<PlanSubscription> {
    requirePrivateTo(viewer, userId)
    const now = this.deps.clock.now()
    if (preloaded && new Date(preloaded.freshUntil) > now) return preloaded
    await inTransaction(this.deps.database, (tx) => bringUpToDate(tx, userId, now))
    return this.read(userId, selection)
  }

  /** The viewer's own, which is up to date. */
  ofViewer(viewer: Viewer, selection: Selection): Promise<PlanSubscription> {
    if (viewer.kind === 'visitor') throw unauthenticated()
    return this.read(viewer.userId, selection)
  }

  private async read(userId: string, selection: Selection): Promise<PlanSubscription> {
    const found = await readOne<PlanSubscription>(this.deps.database.pool, {
      shape: planSubscriptionShape,
      selection,
      where: Prisma.sql`t.user_id = ${userId}::uuid`,
    })
    if (!found) throw new Error(`user ${userId} vanished while their plan was read`)
    return found
  }
}
