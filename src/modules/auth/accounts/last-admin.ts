import { DomainError } from '../../../kernel/domain-error.js'
import type { Transaction } from '../../../platform/database/transaction.js'

/**
 * Lets one transaction at a time change who is an ADMIN: of two that would each leave the other's ADMIN as the last, the second sees what
 * the first did. Taken before anything is read.
 */
export async function lockStandings(tx: Transaction): Promise<void> {
  await tx.prisma.$executeRaw`select pg_advisory_xact_lock(hashtext('adtime:account-standings'))`
}

/**
 * For whatever takes the role, or its use, from an ADMIN; under `lockStandings`.
 * @throws CONFLICT when there is no other ADMIN who could give it back
 */
export async function requireAnotherAdmin(tx: Transaction, userId: string): Promise<void> {
  const others = await tx.prisma.user.count({
    where: { role: 'ADMIN', blockedAt: null, deletedAt: null, id: { not: userId } },
  })
  if (others === 0) throw new DomainError('CONFLICT', 'This is the last ADMIN. Make somebody else one first.')
}
