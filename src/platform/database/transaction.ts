import { setTimeout as sleep } from 'node:timers/promises'
import { Prisma, type PrismaClient } from '../../generated/prisma/client.js'

/** One open transaction: its client, and what to do when its work is done. */
export interface Transaction {
  readonly prisma: Prisma.TransactionClient
  /**
   * Runs in the transaction when its work is done, in the order of asking. For what takes locks that many transactions want: taken last,
   * they are held shortly, and nobody who holds them waits for anything else. What it throws undoes everything.
   */
  beforeCommit(run: () => Promise<void>): void
  /** Runs after the commit and never when it rolls back. Its failure does not undo anything, so it may only announce. */
  afterCommit(run: () => void): void
}

const MAX_TRIES = 3

// A deadlock or a serialization failure. The database has undone everything, so trying again is safe. Written SQL that meets
// one fails as P2010, like any other, with the adapter's own word for it inside.
const isTransient = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError &&
  (error.code === 'P2034' ||
    (error.code === 'P2010' && kindOf(error.meta?.driverAdapterError) === 'TransactionWriteConflict'))

const kindOf = (error: unknown): unknown => (error as { cause?: { kind?: unknown } } | undefined)?.cause?.kind

/** Runs `work` in one READ COMMITTED transaction; again, up to three times in all, when it lost to a deadlock. */
export async function inTransaction<Result>(
  database: { readonly prisma: PrismaClient },
  work: (tx: Transaction) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt++) {
    const announcements: (() => void)[] = []
    try {
      const result = await database.prisma.$transaction((prisma) =>
        withLastActs(prisma, work, (run) => announcements.push(run)),
      )
      for (const announce of announcements) announce()
      return result
    } catch (error) {
      if (attempt === MAX_TRIES || !isTransient(error)) throw error
      await sleep(attempt * 20 + Math.random() * 30)
    }
  }
}

async function withLastActs<Result>(
  prisma: Prisma.TransactionClient,
  work: (tx: Transaction) => Promise<Result>,
  afterCommit: Transaction['afterCommit'],
): Promise<Result> {
  const lastActs: (() => Promise<void>)[] = []
  const result = await work({ prisma, afterCommit, beforeCommit: (run) => lastActs.push(run) })
  // One may ask for another.
  for (const act of lastActs) await act()
  return result
}
