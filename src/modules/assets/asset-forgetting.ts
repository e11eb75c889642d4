import type { Transaction } from '../../platform/database/transaction.js'
import { unreferenced } from '../../platform/database/unreferenced.js'
import { queueFileRemoval } from './file-removal.job.js'

/** Removes the files of a person who leaves, but those that something refers to which stays; the rooms above have let go of theirs before. */
export async function forgetAssets(tx: Transaction, ownerId: string): Promise<void> {
  const { prisma } = tx
  // First: who is sending a file just now has sent it before the rest, or sends it in vain.
  await prisma.upload.deleteMany({ where: { ownerId } })
  await prisma.user.updateMany({ where: { id: ownerId, avatarId: { not: null } }, data: { avatarId: null } })
  const removed = await prisma.$queryRaw<{ key: string }[]>`
    delete from assets a where a.owner_id = ${ownerId}::uuid and ${await unreferenced(tx, 'assets', 'a')}
    returning a.storage_key as key`
  await queueFileRemoval(
    tx,
    removed.map(({ key }) => key),
  )
  // Names are given by people, and may hold theirs.
  await prisma.asset.updateMany({ where: { ownerId, fileName: { not: null } }, data: { fileName: null } })
}
