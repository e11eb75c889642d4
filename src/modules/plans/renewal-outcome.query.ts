import { inTransaction } from '../../platform/database/transaction.js'
import type { Platform } from '../../platform/platform.js'
import type { Payments } from '../payments/index.js'
import { type PlanOffer, planOf } from './plan-catalogue.js'
import type { RenewalLink } from './renewal-link.js'

export interface Renewed {
  readonly offer: PlanOffer
  readonly paidUntil: Date
}

/** What became of a renewal by hand, for the pages that say so. They only look. */
export class RenewalOutcomeQuery {
  constructor(
    private readonly platform: Pick<Platform, 'database' | 'clock'>,
    private readonly payments: Payments,
  ) {}

  /** Until when the plan is paid beyond the end that was to be renewed; null when it is not. */
  async ofPlan({ subscriptionId, renewsFrom }: RenewalLink): Promise<Renewed | null> {
    const plan = await this.platform.database.prisma.planSubscription.findUnique({ where: { id: subscriptionId } })
    const { paidUntil } = plan ?? {}
    const isRenewed = plan && paidUntil && paidUntil > renewsFrom && paidUntil > this.platform.clock.now()
    return isRenewed ? { offer: planOf(plan.tier), paidUntil } : null
  }

  async ofPurchase(purchaseId: string): Promise<Renewed | 'awaited' | 'not-paid'> {
    const { database } = this.platform
    const purchase = await database.prisma.planPurchase.findUnique({ where: { id: purchaseId } })
    if (!purchase?.renewsFrom) return 'not-paid'
    const { subscriptionId, renewsFrom } = purchase
    const renewed = await this.ofPlan({ subscriptionId, renewsFrom })
    if (renewed) return renewed
    const isOpen = await inTransaction(database, (tx) => this.payments.isOpen(tx, 'PLAN', purchaseId))
    return isOpen ? 'awaited' : 'not-paid'
  }
}
