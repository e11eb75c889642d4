import { Prisma } from '../../../generated/prisma/client.js'
import { DomainError, type WrongField } from '../../../kernel/domain-error.js'
import type { Database } from '../../../platform/database/database.js'

export interface UniqueDetails {
  readonly email?: string | null | undefined
  readonly telegramId?: string | null | undefined
}

/** Which of the details, as fields of `input`, an account other than `except` has. */
export async function takenDetails(
  { prisma }: Pick<Database, 'prisma'>,
  { email, telegramId }: UniqueDetails,
  except: string | null = null,
): Promise<WrongField[]> {
  const others = await prisma.user.findMany({
    where: {
      OR: [...(email ? [{ email }] : []), ...(telegramId ? [{ telegramId }] : [])],
      ...(except !== null && { id: { not: except } }),
    },
    select: { email: true, telegramId: true },
  })
  const fields: WrongField[] = []
  if (email && others.some((other) => other.email === email))
    fields.push({ path: 'input.email', message: 'belongs to another account' })
  if (telegramId && others.some((other) => other.telegramId === telegramId))
    fields.push({ path: 'input.telegramId', message: 'belongs to another account' })
  return fields
}

export const detailsConflict = (fields: readonly WrongField[]): DomainError =>
  new DomainError('CONFLICT', 'There is already an account with these details.', { fields })

/** Whether a write failed because a row that has to be the only one has a twin. */
export const isDuplicate = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002'
