import { Prisma } from '../../generated/prisma/client.js'
import type { ProductType } from '../../generated/prisma/enums.js'
import { DomainError, notFound } from '../../kernel/domain-error.js'
import type { Transaction } from '../../platform/database/transaction.js'

/** A place at a factory, taken in the caller's transaction. */
export interface OccupiedFactory {
  readonly id: string
  readonly leadTimeDays: number
}

export interface FactoryWish {
  /** All of these have to be printed there. */
  readonly types: readonly ProductType[]
  /** Taken when it is active, prints the types and has a place; otherwise any other may be. */
  readonly preferredId?: string | null
  /** Never this one: it has failed the order before. */
  readonly exceptId?: string | null
}

// Shared by all statements below. Load over capacity is compared as a share, so that a small free factory goes before a large busy one.
const canTake = (types: readonly ProductType[]) =>
  Prisma.sql`is_active and current_load < capacity and specializations @> ${[...types]}::product_type[]`
const leastLoaded = Prisma.sql`current_load::float8 / capacity, service_level desc, rating desc, id`

/**
 * Places at factories. A place is taken and given back by a guarded UPDATE in the caller's transaction, so the load counts exactly the
 * orders that are there, and never exceeds the capacity.
 */
export class FactoryCapacity {
  async exists(tx: Transaction, id: string): Promise<boolean> {
    return (await tx.prisma.factory.count({ where: { id } })) > 0
  }

  /** The lead time of the factory that would be taken now, in days; null when none is free. Takes nothing. */
  async expectedLeadTime(tx: Transaction, { types, preferredId }: FactoryWish): Promise<number | null> {
    const [best] = await tx.prisma.$queryRaw<{ lead_time_days: number }[]>`
      select lead_time_days from factories where ${canTake(types)}
      order by (id = ${preferredId ?? null}::uuid) is true desc, ${leastLoaded} limit 1`
    return best?.lead_time_days ?? null
  }

  /**
   * Takes a place at the preferred factory or else at the least loaded one (then by service level, then by rating).
   * @returns null when none of them has a place
   */
  async occupyBest(tx: Transaction, { types, preferredId, exceptId }: FactoryWish): Promise<OccupiedFactory | null> {
    const preferred = preferredId ? await this.take(tx, Prisma.sql`select ${preferredId}::uuid`, types) : null
    if (preferred) return preferred
    const candidates = Prisma.sql`
      select id from factories where ${canTake(types)} and id is distinct from ${exceptId ?? null}::uuid
      order by ${leastLoaded} limit 1 for no key update`
    // Assignments at the same moment spread over the factories instead of queueing at one; only when all are being taken by others is
    // it worth waiting, since one of them may still have a place.
    return (
      (await this.take(tx, Prisma.sql`${candidates} skip locked`, types)) ?? (await this.take(tx, candidates, types))
    )
  }

  /**
   * Takes a place at this very factory.
   * @throws NOT_FOUND, or CONFLICT when it is closed, full, or does not print one of the types
   */
  async occupy(tx: Transaction, id: string, types: readonly ProductType[]): Promise<OccupiedFactory> {
    const taken = await this.take(tx, Prisma.sql`select ${id}::uuid`, types)
    if (taken) return taken
    if (!(await this.exists(tx, id))) throw notFound('factory')
    throw new DomainError('CONFLICT', 'This factory is closed, full, or does not print everything the order contains.')
  }

  /** Before an order moves from one to another: two that move the opposite ways would wait for each other. */
  async holdAll(tx: Transaction): Promise<void> {
    await tx.prisma.$queryRaw`select id from factories order by id for no key update`
  }

  /** Gives one place back. */
  async free(tx: Transaction, id: string): Promise<void> {
    await tx.prisma.$executeRaw`
      update factories set current_load = current_load - 1 where id = ${id}::uuid and current_load > 0`
  }

  private async take(
    tx: Transaction,
    candidate: Prisma.Sql,
    types: readonly ProductType[],
  ): Promise<OccupiedFactory | null> {
    const [taken] = await tx.prisma.$queryRaw<{ id: string; lead_time_days: number }[]>`
      update factories set current_load = current_load + 1
      where id = (${candidate}) and ${canTake(types)}
      returning id::text, lead_time_days`
    return taken ? { id: taken.id, leadTimeDays: taken.lead_time_days } : null
  }
}
