import type { PlanSubscription } from '../../generated/prisma/client.js'
import { DomainError } from '../../kernel/domain-error.js'
import { newId } from '../../kernel/ids.js'
import { inTransaction, type Transaction } from '../../platform/database/transaction.js'
import { enqueue } from '../../platform/jobs/job-queue.js'
import type { Platform } from '../../platform/platform.js'
import type { Payments } from '../payments/index.js'
import { bringUpToDate } from './plan-account.js'
import { planOf } from './plan-catalogue.js'
import { writePlanLetter } from './plan-letter.js'
import { isPaidPlan, type PaidState } from './plan-lifecycle.js'
import { planPayment } from './plan-payment.js'
import { afterReminder, afterTryBegun, afterTryFailed, renewalStep } from './plan-renewing.js'
import { keepPlan } from './plan-row.js'
import { planJobs } from './plans.jobs.js'

type PaidPlan = PlanSubscription & PaidState

const BATCH = 100
const TRIES = 5
const HOUR_MS = 60 * 60 * 1000
/** Nobody expects a charge any more that is half a day late, and keys last no longer than a day. */
const CHARGE_LATE_MS = 12 * HOUR_MS

/** What the clock does about plans: reminders, renewals, ends. */
export class PlanRenewal {
  constructor(
    private readonly platform: Pick<Platform, 'database' | 'clock'>,
    private readonly payments: Payments,
  ) {}

  /** The job by the clock: a job for each plan with something due, at most a batch. One statement: a row is put off and its job is there, or neither. */
  async begin(): Promise<void> {
    const now = this.platform.clock.now()
    await this.platform.database.prisma.$executeRaw`
      with due as (
        select id from plan_subscriptions where next_step_at <= ${now}
        order by next_step_at limit ${BATCH} for no key update skip locked),
      taken as (
        select s.id, s.user_id from plan_subscriptions s join due on due.id = s.id
        where not exists (select from graphile_worker.jobs j where j.key = 'plan:' || s.id and j.attempts < j.max_attempts))
      select graphile_worker.add_job(${planJobs.step}, json_build_object('userId', user_id), job_key => 'plan:' || id,
        max_attempts => ${TRIES}) from taken`
  }

  /** The job of one plan. What is not due any more is left alone, so it is harmless to repeat. */
  async step({ userId }: { readonly userId: string }): Promise<void> {
    await inTransaction(this.platform.database, async (tx) => {
      const now = this.platform.clock.now()
      const plan = await bringUpToDate(tx, userId, now)
      if (!plan || !isPaidPlan(plan)) return
      const step = renewalStep(plan, now)
      if (step === 'remind') await this.remind(tx, plan)
      if (step === 'try') await this.begun(tx, plan, now)
    })
  }

  private async remind(tx: Transaction, plan: PaidPlan): Promise<void> {
    if (!this.canCharge(plan)) await writePlanLetter(tx, 'ends-soon', plan)
    await keepPlan(tx, plan, afterReminder(plan))
  }

  /** A try whose outcome nobody knows is none that failed: it is waited for. */
  private async begun(tx: Transaction, plan: PaidPlan, now: Date): Promise<void> {
    if (await this.isTryOpen(tx, plan)) {
      const nextStepAt = new Date(now.getTime() + HOUR_MS)
      await keepPlan(tx, plan, { ...plan, nextStepAt })
      return
    }
    const state = afterTryBegun(plan, now)
    if (this.canCharge(plan)) {
      await this.charged(tx, plan, state.renewalTries, now)
      await keepPlan(tx, plan, state)
      return
    }
    const failed = afterTryFailed(state, state.renewalTries)
    await writePlanLetter(tx, failed.status === 'PAST_DUE' ? 'past-due' : 'to-renew', plan)
    await keepPlan(tx, plan, failed)
  }

  private async charged(tx: Transaction, plan: PaidPlan, renewalTry: number, now: Date): Promise<void> {
    const { amount, currency } = planOf(plan.tier).price
    const { id: subscriptionId, tier, paidUntil: renewsFrom } = plan
    const bought = { id: newId(), subscriptionId, kind: 'RENEWAL', tier, amount, currency } as const
    await tx.prisma.planPurchase.create({ data: { ...bought, renewsFrom, renewalTry, createdAt: now } })
    await enqueue(tx, planJobs.charge, { purchaseId: bought.id }, { maxAttempts: TRIES })
  }

  /** The job of one try. It came with the purchase, whose id is the payment's key: however often it runs, it is one charge. */
  async charge({ purchaseId }: { readonly purchaseId: string }): Promise<void> {
    const { prisma } = this.platform.database
    const purchase = await prisma.planPurchase.findUnique({
      where: { id: purchaseId },
      include: { subscription: true },
    })
    if (!purchase || this.platform.clock.now().getTime() - purchase.createdAt.getTime() > CHARGE_LATE_MS) return
    const { userId, methodProvider: provider, methodId: savedMethodId } = purchase.subscription
    if (!provider || !savedMethodId) return
    try {
      await this.payments.start({ userId }, { ...(await planPayment({ prisma }, purchaseId)), provider, savedMethodId })
    } catch (error) {
      // All of them are answers: the attempt is refused, or not wanted any more, or open and looked after by payments.
      if (!(error instanceof DomainError)) throw error
    }
  }

  private async isTryOpen(tx: Transaction, { id, paidUntil }: PaidPlan): Promise<boolean> {
    const tries = await tx.prisma.planPurchase.findMany({
      where: { subscriptionId: id, renewsFrom: paidUntil, renewalTry: { not: null } },
      select: { id: true },
    })
    for (const one of tries) if (await this.payments.isOpen(tx, 'PLAN', one.id)) return true
    return false
  }

  private canCharge({ methodProvider, methodId }: PlanSubscription): boolean {
    return methodProvider !== null && methodId !== null && this.payments.canCharge(methodProvider)
  }
}
