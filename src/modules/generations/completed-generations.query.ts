import type { Transaction } from '../../platform/database/transaction.js'

/** What an order needs to know of a generation that it prints. */
export interface CompletedGeneration {
  readonly id: string
  readonly prompt: string
  /** Of each image, in pixels. */
  readonly width: number
  readonly height: number
}

export class CompletedGenerations {
  /** Those of `ids` that are the owner's and COMPLETED, by id. */
  async ownCompleted(
    tx: Transaction,
    ownerId: string,
    ids: readonly string[],
  ): Promise<Map<string, CompletedGeneration>> {
    if (ids.length === 0) return new Map()
    const found = await tx.prisma.generation.findMany({
      where: { id: { in: [...ids] }, ownerId, status: 'COMPLETED' },
      select: { id: true, prompt: true, width: true, height: true },
    })
    return new Map(found.map((generation) => [generation.id, generation]))
  }
}
