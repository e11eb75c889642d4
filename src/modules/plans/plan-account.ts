import type { Prisma } from '../../generated/prisma/client.js'
import { newId } from '../../kernel/ids.js'
import { firstPeriod, periodAfter } from './plan-period.js'

type Client = Pick<Prisma.TransactionClient, '$queryRaw' | '$executeRaw'>

interface Found {
  readonly is_guest: boolean
  readonly period_end: Date | null
}

/**
 * Makes the user's subscription when there is none yet, and begins its next period when the last one is over. Safe under any concurrency: a row
 * is made once, and the end of the old period guards the step into the new one.
 * @param as what the period is for, where that is not what the account is now
 */
export async function bringUpToDate(prisma: Client, userId: string, now: Date, as?: 'guest'): Promise<void> {
  const [found] = await prisma.$queryRaw<Found[]>`
    select u.is_guest, s.period_end from users u left join plan_subscriptions s on s.user_id = u.id where u.id = ${userId}::uuid`
  if (!found) return
  const isGuest = as === 'guest' || found.is_guest
  if (!found.period_end) {
    const { tier, status, start, end, allowance } = firstPeriod(now, isGuest)
    await prisma.$executeRaw`
      insert into plan_subscriptions (id, user_id, tier, status, period_start, period_end, remaining_generations)
      values (${newId()}::uuid, ${userId}::uuid, ${tier}::plan_tier, ${status}::plan_subscription_status, ${start}, ${end}, ${allowance})
      on conflict (user_id) do nothing`
    return
  }
  const next = periodAfter(found.period_end, now, isGuest)
  if (!next) return
  await prisma.$executeRaw`
    update plan_subscriptions
    set tier = ${next.tier}::plan_tier, status = ${next.status}::plan_subscription_status, auto_renew = false,
      period_start = ${next.start}, period_end = ${next.end}, remaining_generations = ${next.allowance}
    where user_id = ${userId}::uuid and period_end = ${found.period_end}`
}
