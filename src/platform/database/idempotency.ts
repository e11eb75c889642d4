import { createHash } from 'node:crypto'
import { DomainError } from '../../kernel/domain-error.js'
import type { Transaction } from './transaction.js'

export interface IdempotentCall {
  readonly userId: string
  /** The name of the mutation. Keys of different mutations do not meet. */
  readonly operation: string
  /** The client's key; without one every call is a new one. */
  readonly key: string | null | undefined
  /** All that the caller said. Its hash tells a repeat from a different call under the same key. */
  readonly input: unknown
  readonly now: Date
}

const canonical = (input: unknown): string =>
  JSON.stringify(input, (name, value: unknown) => {
    // What is given as null says the same as what is left out.
    if (name === 'idempotencyKey' || value === null) return undefined
    if (typeof value === 'bigint') return value.toString()
    if (typeof value !== 'object' || Array.isArray(value)) return value
    return Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
  }) ?? 'null'

/**
 * Runs `act` once for a key, within 24 hours, and answers every repeat with the first one's result id. The key's row is written in the same
 * transaction as the act, so a concurrent duplicate waits for the first to commit (and takes over when that one fails).
 * @throws IDEMPOTENCY_CONFLICT when the key came before with another input
 */
export async function idempotently(
  tx: Transaction,
  call: IdempotentCall,
  act: () => Promise<string>,
): Promise<{ readonly id: string; readonly isRepeat: boolean }> {
  const { userId, operation, key, now } = call
  if (key == null) return { id: await act(), isRepeat: false }
  const inputHash = createHash('sha256').update(canonical(call.input)).digest('hex')
  const expired = new Date(now.getTime() - 24 * 60 * 60 * 1000)
  const taken = await tx.prisma.$executeRaw`
    insert into idempotency_keys (user_id, operation, key, input_hash, created_at)
    values (${userId}::uuid, ${operation}, ${key}, ${inputHash}, ${now})
    on conflict (user_id, operation, key) do update
      set input_hash = excluded.input_hash, created_at = excluded.created_at, result_id = null
      where idempotency_keys.created_at < ${expired}`
  const at = { userId_operation_key: { userId, operation, key } }
  if (taken === 0) {
    const first = await tx.prisma.idempotencyKey.findUniqueOrThrow({ where: at })
    if (first.inputHash !== inputHash || first.resultId === null)
      throw new DomainError('IDEMPOTENCY_CONFLICT', 'This idempotency key was used with another input.')
    return { id: first.resultId, isRepeat: true }
  }
  const id = await act()
  await tx.prisma.idempotencyKey.update({ where: at, data: { resultId: id } })
  return { id, isRepeat: false }
}

/** Drops keys older than 24 hours. @returns how many */
export async function pruneIdempotencyKeys(
  database: { readonly prisma: Transaction['prisma'] },
  now: Date,
): Promise<number> {
  const { count } = await database.prisma.idempotencyKey.deleteMany({
    where: { createdAt: { lt: new Date(now.getTime() - 24 * 60 * 60 * 1000) } },
  })
  return count
}
