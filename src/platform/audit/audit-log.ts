import type { Clock } from '../../kernel/clock.js'
import { newId } from '../../kernel/ids.js'
import type { Transaction } from '../database/transaction.js'

export interface Deed {
  /** Null for what the server does by itself. */
  readonly actorId: string | null
  /** Such as "user.block". */
  readonly action: string
  /** The type of the subject, as the API names it. */
  readonly subjectType: string
  readonly subjectId: string | null
  /** What became of each field that changed. No secrets, no contact details. */
  readonly changes?: Readonly<Record<string, { readonly from: unknown; readonly to: unknown }>>
  readonly note?: string | null
  readonly ip: string | null
}

/** Writes down what somebody with power over others did, in the transaction that does it. */
export async function recordDeed(tx: Transaction, clock: Clock, { changes, note, ...deed }: Deed): Promise<void> {
  const details = { ...changes, ...(note && { note }) }
  await tx.prisma.auditEntry.create({
    data: {
      id: newId(),
      ...deed,
      ...(Object.keys(details).length > 0 && { changes: details as object }),
      occurredAt: clock.now(),
    },
  })
}
