import { inTransaction } from '../../platform/database/transaction.js'
import type { JobHandler } from '../../platform/jobs/job-handler.js'
import { writeLetter } from '../../platform/mail/letter.js'
import type { Platform } from '../../platform/platform.js'
import type { PlanLetterOrder, PlanNewsListener } from './plan-letter.js'
import { planLetters } from './plan-letter-texts.js'
import type { RenewalLinks } from './renewal-link.js'

/** Tells the owner of a plan, and writes to them. Accounts without an address get no letter; what one asks for is not asked once it is done. */
export function planLetterJob(
  { database, mailer }: Pick<Platform, 'database' | 'mailer'>,
  links: RenewalLinks,
  announce: PlanNewsListener,
): JobHandler {
  return async ({ kind, subscriptionId, tier, paidUntil }: PlanLetterOrder) => {
    const plan = await database.prisma.planSubscription.findUnique({
      where: { id: subscriptionId },
      include: { user: { select: { email: true, locale: true } } },
    })
    if (!plan) return
    const renewsFrom = new Date(paidUntil)
    const isAsked = plan.autoRenew && plan.paidUntil?.getTime() === renewsFrom.getTime()
    if (kind !== 'over' && !isAsked) return
    const news = { kind, subscriptionId, userId: plan.userId, tier, paidUntil: renewsFrom }
    await inTransaction(database, (tx) => announce(tx, news))
    const { email: to, locale } = plan.user
    if (!to) return
    const link = links.url({ subscriptionId, renewsFrom })
    const told = { tier, paidUntil: renewsFrom, goesOnUntil: plan.periodEnd, link }
    await mailer?.send({ to, ...writeLetter(locale, planLetters[locale][kind](told)) })
  }
}
