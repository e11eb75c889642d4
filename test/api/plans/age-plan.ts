import type { PrismaClient } from '../../../src/generated/prisma/client.js'

/** Moves somebody's plan into the past, as if `days` had gone by. */
export async function agePlan(prisma: PrismaClient, userId: string, days: number): Promise<void> {
  await prisma.$executeRaw`
    update quota_reservations r set period_start = r.period_start - make_interval(secs => ${days}::float * 86400)
    from plan_subscriptions s where s.id = r.subscription_id and s.user_id = ${userId}::uuid`
  await prisma.$executeRaw`
    update plan_purchases p set renews_from = renews_from - make_interval(secs => ${days}::float * 86400),
      covers_from = covers_from - make_interval(secs => ${days}::float * 86400)
    from plan_subscriptions s where s.id = p.subscription_id and s.user_id = ${userId}::uuid`
  await prisma.$executeRaw`
    update plan_subscriptions set period_start = period_start - make_interval(secs => ${days}::float * 86400),
      period_end = period_end - make_interval(secs => ${days}::float * 86400),
      paid_from = paid_from - make_interval(secs => ${days}::float * 86400),
      paid_until = paid_until - make_interval(secs => ${days}::float * 86400),
      next_step_at = next_step_at - make_interval(secs => ${days}::float * 86400)
    where user_id = ${userId}::uuid`
}
