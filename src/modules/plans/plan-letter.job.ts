import type { JobHandler } from '../../platform/jobs/job-handler.js'
import type { Platform } from '../../platform/platform.js'
import type { PlanLetterOrder } from './plan-letter.js'
import { planLetters } from './plan-letter-texts.js'
import type { RenewalLinks } from './renewal-link.js'

/** Writes to the owner of a plan. Accounts without an address are told nothing; what a letter asks for is not asked once it is done. */
export function planLetterJob(
  { database, mailer }: Pick<Platform, 'database' | 'mailer'>,
  links: RenewalLinks,
): JobHandler {
  return async ({ kind, subscriptionId, tier, paidUntil }: PlanLetterOrder) => {
    const plan = await database.prisma.planSubscription.findUnique({
      where: { id: subscriptionId },
      include: { user: { select: { email: true } } },
    })
    if (!plan?.user.email) return
    const renewsFrom = new Date(paidUntil)
    const isAsked = plan.autoRenew && plan.paidUntil?.getTime() === renewsFrom.getTime()
    if (kind !== 'over' && !isAsked) return
    const link = links.url({ subscriptionId, renewsFrom })
    const told = { tier, paidUntil: renewsFrom, goesOnUntil: plan.periodEnd, link }
    await mailer?.send({ to: plan.user.email, ...planLetters[kind](told) })
  }
}
