import type { Clock } from '../../kernel/clock.js'
import { DomainError } from '../../kernel/domain-error.js'
import type { Transaction } from '../../platform/database/transaction.js'
import { bringUpToDate } from './plan-account.js'

/** What is left of a user's plan, image by image. Every act is part of the caller's transaction. */
export interface Quota {
  /**
   * Takes `images` off what is left and remembers them as this generation's. The generation's row must exist.
   * @throws QUOTA_EXCEEDED when less is left; nothing is taken then
   */
  reserve(tx: Transaction, userId: string, generationId: string, images: number): Promise<void>
  /** The generation succeeded: its reservations are used up. Harmless when repeated. */
  spend(tx: Transaction, generationId: string): Promise<void>
  /** Gives back what the generation still has reserved, if the period it was taken from still runs. Harmless when repeated. */
  release(tx: Transaction, generationId: string): Promise<void>
}

interface Taken {
  readonly id: string
  readonly period_start: Date
}

export class QuotaService implements Quota {
  constructor(private readonly clock: Clock) {}

  async reserve(tx: Transaction, userId: string, generationId: string, images: number): Promise<void> {
    const taken = (await this.take(tx, userId, images)) ?? (await this.takeAnew(tx, userId, images))
    if (!taken) throw await this.exceeded(tx, userId, images)
    await tx.prisma.$executeRaw`
      insert into quota_reservations (generation_id, position, subscription_id, period_start)
      select ${generationId}::uuid, position, ${taken.id}::uuid, ${taken.period_start}
      from generate_series(0, ${images}::int - 1) as position`
  }

  async spend(tx: Transaction, generationId: string): Promise<void> {
    await tx.prisma.$executeRaw`
      update quota_reservations set status = 'SPENT' where generation_id = ${generationId}::uuid and status = 'RESERVED'`
  }

  async release(tx: Transaction, generationId: string): Promise<void> {
    await tx.prisma.$executeRaw`
      with released as (
        update quota_reservations set status = 'RELEASED'
        where generation_id = ${generationId}::uuid and status = 'RESERVED'
        returning subscription_id, period_start
      )
      update plan_subscriptions s set remaining_generations = s.remaining_generations + given_back.images
      from (select subscription_id, period_start, count(*)::int as images from released group by 1, 2) given_back
      where s.id = given_back.subscription_id and s.period_start = given_back.period_start`
  }

  /** One guarded statement: under concurrency each waits for the row, looks at it anew, and the counter never passes zero. */
  private async take(tx: Transaction, userId: string, images: number): Promise<Taken | undefined> {
    const [taken] = await tx.prisma.$queryRaw<Taken[]>`
      update plan_subscriptions set remaining_generations = remaining_generations - ${images}::int
      where user_id = ${userId}::uuid and period_end > ${this.clock.now()} and remaining_generations >= ${images}::int
      returning id, period_start`
    return taken
  }

  private async takeAnew(tx: Transaction, userId: string, images: number): Promise<Taken | undefined> {
    await bringUpToDate(tx, userId, this.clock.now())
    return this.take(tx, userId, images)
  }

  private async exceeded(tx: Transaction, userId: string, images: number): Promise<DomainError> {
    const plan = await tx.prisma.planSubscription.findUnique({ where: { userId } })
    const left = plan?.remainingGenerations ?? 0
    const until = plan ? ` until ${plan.periodEnd.toISOString().slice(0, 10)}` : ''
    return new DomainError(
      'QUOTA_EXCEEDED',
      `This needs ${images} of your plan's images, and ${left} are left${until}.`,
    )
  }
}
