import type { Generation } from '../../generated/prisma/client.js'
import type { Transaction } from '../../platform/database/transaction.js'

/** The generation, held until the transaction ends: whoever changes its status looks at it under this lock. Null when there is none. */
export async function lockGeneration(tx: Transaction, id: string): Promise<Generation | null> {
  await tx.prisma.$queryRaw`select 1 from generations where id = ${id}::uuid for update`
  return tx.prisma.generation.findUnique({ where: { id } })
}

/** The stream that is signalled whenever the generation changes. */
export const generationStream = (id: string): string => `generation:${id}`
