import { DomainError, unauthenticated } from '../../kernel/domain-error.js'
import type { Viewer } from '../../kernel/viewer.js'
import { inTransaction } from '../../platform/database/transaction.js'
import type { Platform } from '../../platform/platform.js'
import type { Payments } from '../payments/index.js'
import { bringUpToDate } from './plan-account.js'
import { afterCancel, isPaidPlan } from './plan-lifecycle.js'
import { keepPlan } from './plan-row.js'
import { cancelRenewals } from './renewal-attempts.js'

export class PlanCancellation {
  constructor(
    private readonly platform: Pick<Platform, 'database' | 'clock'>,
    private readonly payments: Payments,
  ) {}

  /** The plan runs to its end and is not renewed. Harmless when repeated. @throws INVALID_TRANSITION on FREE */
  async cancel(viewer: Viewer): Promise<void> {
    if (viewer.kind === 'visitor') throw unauthenticated()
    await inTransaction(this.platform.database, async (tx) => {
      const plan = await bringUpToDate(tx, viewer.userId, this.platform.clock.now())
      if (!plan || !isPaidPlan(plan)) throw new DomainError('INVALID_TRANSITION', 'FREE cannot be cancelled.')
      await keepPlan(tx, plan, afterCancel(plan))
      await cancelRenewals(tx, this.payments, plan.id)
    })
  }
}
