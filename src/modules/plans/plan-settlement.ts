import type { PlanPurchase, PlanSubscription } from '../../generated/prisma/client.js'
import { addDays, type Clock } from '../../kernel/clock.js'
import { DomainError, notFound } from '../../kernel/domain-error.js'
import type { Transaction } from '../../platform/database/transaction.js'
import type { FailedPayment, Payments, SettledPayment, SettledRefund, SettlementHandler } from '../payments/index.js'
import { PLAN_PERIOD_DAYS } from './plan-catalogue.js'
import { writePlanLetter } from './plan-letter.js'
import { afterPayment, afterRefund, isPaidPlan, isRenewable, planAt } from './plan-lifecycle.js'
import { afterTryFailed } from './plan-renewing.js'
import { keepPlan, lockPlan } from './plan-row.js'
import { cancelRenewals } from './renewal-attempts.js'

interface Bought {
  readonly purchase: PlanPurchase
  readonly plan: PlanSubscription
}

/** What payments report about plans, in the transaction that settles them. */
export class PlanSettlement implements SettlementHandler {
  constructor(
    private readonly clock: Clock,
    private readonly payments: Payments,
  ) {}

  // The subscription first, payments after it, as everybody who touches both does.
  async lock(tx: Transaction, purchaseId: string): Promise<void> {
    await this.find(tx, purchaseId)
  }

  /** @throws NOT_FOUND when the account has gone, INVALID_TRANSITION when there is nothing to renew any more */
  async admit(tx: Transaction, attempt: SettledPayment): Promise<void> {
    const bought = await this.find(tx, attempt.referenceId)
    if (bought?.plan.userId !== attempt.userId) throw notFound('plan')
    const { purchase, plan } = bought
    if (purchase.kind === 'RENEWAL' && !isRenewable(planAt(plan, this.clock.now()), purchase))
      throw new DomainError('INVALID_TRANSITION', 'There is nothing to renew any more.')
  }

  /** 'unwanted' when the account has gone, or what was to be renewed is renewed, cancelled or over. */
  async settled(tx: Transaction, payment: SettledPayment): Promise<'accepted' | 'unwanted'> {
    const bought = await this.find(tx, payment.referenceId)
    if (!bought || bought.purchase.coversFrom) return 'unwanted'
    const { purchase, plan } = bought
    const now = this.clock.now()
    const state = planAt(plan, now)
    if (purchase.kind === 'RENEWAL' && !isRenewable(state, purchase)) return 'unwanted'
    const paid = afterPayment(state, purchase.tier, now)
    await keepPlan(tx, plan, paid)
    const { savedMethodId: methodId } = payment
    const data = { methodId, methodProvider: methodId === null ? null : payment.provider }
    await tx.prisma.planSubscription.update({ where: { id: plan.id }, data })
    const coversFrom = addDays(paid.paidUntil, -PLAN_PERIOD_DAYS)
    await tx.prisma.planPurchase.update({ where: { id: purchase.id }, data: { coversFrom } })
    await cancelRenewals(tx, this.payments, plan.id, purchase.id)
    return 'accepted'
  }

  /** Only a try to renew what is still to be renewed counts: whoever acts at a page sees for themselves. */
  async failed(tx: Transaction, payment: FailedPayment): Promise<void> {
    const bought = await this.find(tx, payment.referenceId)
    if (!bought) return
    const { purchase, plan } = bought
    const state = planAt(plan, this.clock.now())
    if (purchase.renewalTry === null || !isPaidPlan(state) || !isRenewable(state, purchase)) return
    const kept = await keepPlan(tx, plan, afterTryFailed(state, purchase.renewalTry))
    await writePlanLetter(tx, kept.status === 'PAST_DUE' ? 'past-due' : 'charge-failed', kept)
  }

  async refunded(tx: Transaction, { referenceId, isRest }: SettledRefund): Promise<void> {
    const bought = await this.find(tx, referenceId)
    if (!isRest || !bought) return
    const { tier, id, coversFrom, takenBackAt } = bought.purchase
    if (!coversFrom || takenBackAt) return
    const now = this.clock.now()
    const state = planAt(bought.plan, now)
    await keepPlan(tx, bought.plan, afterRefund(state, { tier, coversFrom }, now))
    await tx.prisma.planPurchase.update({ where: { id }, data: { takenBackAt: now } })
  }

  private async find(tx: Transaction, purchaseId: string | null): Promise<Bought | null> {
    if (purchaseId === null) return null
    const known = await tx.prisma.planPurchase.findUnique({
      where: { id: purchaseId },
      select: { subscriptionId: true },
    })
    const plan = known && (await lockPlan(tx, { id: known.subscriptionId }))
    const purchase = plan && (await tx.prisma.planPurchase.findUnique({ where: { id: purchaseId } }))
    return plan && purchase ? { plan, purchase } : null
  }
}
