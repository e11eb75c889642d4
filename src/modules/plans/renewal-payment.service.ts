import { DomainError, notFound } from '../../kernel/domain-error.js'
import { newId } from '../../kernel/ids.js'
import { inTransaction } from '../../platform/database/transaction.js'
import type { Platform } from '../../platform/platform.js'
import type { Payments } from '../payments/index.js'
import { type PlanOffer, planOf } from './plan-catalogue.js'
import { isPaidPlan, isRenewable, planAt } from './plan-lifecycle.js'
import { planPayment } from './plan-payment.js'
import { lockPlan } from './plan-row.js'
import type { RenewalLink, RenewalLinks } from './renewal-link.js'

const HOUR_MS = 60 * 60 * 1000
const MOST_AN_HOUR = 10

/** Renewing by hand, at the page that letters lead to. */
export class RenewalPayment {
  constructor(
    private readonly platform: Pick<Platform, 'database' | 'clock'>,
    private readonly payments: Payments,
    private readonly links: RenewalLinks,
  ) {}

  /** What there is to renew; null when it is renewed, cancelled or over. */
  async offered({ subscriptionId, renewsFrom }: RenewalLink): Promise<PlanOffer | null> {
    const found = await this.platform.database.prisma.planSubscription.findUnique({ where: { id: subscriptionId } })
    const state = found && planAt(found, this.platform.clock.now())
    return state && isPaidPlan(state) && isRenewable(state, { tier: state.tier, renewsFrom })
      ? planOf(state.tier)
      : null
  }

  /**
   * @returns where to pay; null where there is nowhere to go to: the provider needs nobody, or nothing is left to renew
   * @throws RATE_LIMITED, and what payments throw
   */
  async pay(link: RenewalLink): Promise<string | null> {
    const written = await this.write(link)
    if (!written) return null
    const { prisma } = this.platform.database
    const { userId, purchaseId } = written
    const request = await planPayment({ prisma }, purchaseId)
    const returnUrl = this.links.renewedUrl(purchaseId)
    const id = await this.payments.start({ userId }, { ...request, returnUrl, saveMethod: true })
    const { confirmationUrl } = await prisma.payment.findUniqueOrThrow({
      where: { id },
      select: { confirmationUrl: true },
    })
    return confirmationUrl
  }

  private write({ subscriptionId, renewsFrom }: RenewalLink): Promise<{ userId: string; purchaseId: string } | null> {
    return inTransaction(this.platform.database, async (tx) => {
      const plan = await lockPlan(tx, { id: subscriptionId })
      if (!plan) throw notFound('plan')
      const now = this.platform.clock.now()
      const { tier } = planAt(plan, now)
      if (!isRenewable(planAt(plan, now), { tier, renewsFrom })) return null
      const begun = await tx.prisma.planPurchase.count({
        where: { subscriptionId, renewsFrom, createdAt: { gt: new Date(now.getTime() - HOUR_MS) } },
      })
      if (begun >= MOST_AN_HOUR)
        throw new DomainError('RATE_LIMITED', 'Too many tries.', { retryAfter: HOUR_MS / 1000 })
      const { amount, currency } = planOf(tier).price
      const bought = { id: newId(), subscriptionId, kind: 'RENEWAL', tier, amount, currency, renewsFrom } as const
      await tx.prisma.planPurchase.create({ data: { ...bought, createdAt: now } })
      return { userId: plan.userId, purchaseId: bought.id }
    })
  }
}
