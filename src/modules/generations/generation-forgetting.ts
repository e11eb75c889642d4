import type { Transaction } from '../../platform/database/transaction.js'
import { unreferenced } from '../../platform/database/unreferenced.js'
import type { EventStreams } from '../../platform/events/event-streams.js'
import type { AssetStore, StoredFile } from '../assets/index.js'
import { generationStream } from './generation-lock.js'

export interface GenerationForgettingDeps {
  readonly streams: Pick<EventStreams, 'drop'>
  readonly assets: Pick<AssetStore, 'discardAfterCommit'>
}

/** Removes the generations of a person who leaves, finished or not, but those that something refers to which stays, as a line of an order does. */
export const forgetGenerations =
  ({ streams, assets }: GenerationForgettingDeps) =>
  async (tx: Transaction, ownerId: string): Promise<void> => {
    const { prisma } = tx
    const found = await prisma.$queryRaw<{ id: string }[]>`
      select g.id::text from generations g
      where g.owner_id = ${ownerId}::uuid and ${await unreferenced(tx, 'generations', 'g')}
      for update of g`
    if (found.length === 0) return
    const ids = found.map(({ id }) => id)
    // Before their generations: a worker that finds its task gone knows that nobody else will remove the file it has just stored.
    const tasks = await prisma.$queryRaw<{ file: StoredFile | null }[]>`
      delete from generation_tasks where generation_id = any (${ids}::uuid[]) returning file`
    await prisma.$executeRaw`delete from generations where id = any (${ids}::uuid[])`
    await assets.discardAfterCommit(
      tx,
      tasks.flatMap(({ file }) => file ?? []),
    )
    await streams.drop(tx, ids.map(generationStream))
  }
