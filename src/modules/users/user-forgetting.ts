import type { User } from '../../generated/prisma/client.js'
import type { Clock } from '../../kernel/clock.js'
import type { Transaction } from '../../platform/database/transaction.js'
import { unreferenced } from '../../platform/database/unreferenced.js'

/** What stands in the place of a name where a deleted account is still met. */
const DELETED_NAME = 'Удалённый аккаунт'

/** What tells nothing about anybody. */
type Harmless = 'id' | 'createdAt' | 'isMachine'

/** Every other column is decided about: one that is added later does not compile without. */
const nobody = (now: Date) =>
  ({
    email: null,
    emailVerifiedAt: null,
    pendingEmail: null,
    phone: null,
    telegramId: null,
    displayName: DELETED_NAME,
    avatarId: null,
    role: 'USER',
    locale: 'RU',
    isGuest: false,
    factoryId: null,
    blockedAt: now,
    deletedAt: now,
  }) satisfies Omit<User, Harmless>

/**
 * Removes the account of a person who leaves. Where something refers to it that stays, as an order does, so does its row, as nobody: it
 * shows no name, is reached under no address, and is blocked for good.
 */
export const forgetUser =
  (clock: Clock) =>
  async (tx: Transaction, id: string): Promise<void> => {
    const { prisma } = tx
    const removed = await prisma.$executeRaw`
      delete from users u where u.id = ${id}::uuid and ${await unreferenced(tx, 'users', 'u')}`
    if (removed > 0) return
    await prisma.user.updateMany({ where: { id }, data: nobody(clock.now()) })
  }
