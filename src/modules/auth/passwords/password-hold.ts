import type { Credential } from '../../../generated/prisma/client.js'
import type { Transaction } from '../../../platform/database/transaction.js'
import type { PasswordHasher, PasswordRecord } from './password-hasher.js'

/**
 * Keeps the password of an account as it is until the end of the transaction, and tells whether `password`, which matched `checked`
 * a moment ago, still is it. Without this, who signs in with the old password while it is changed would be in after all.
 */
export async function holdPassword(
  tx: Transaction,
  passwords: PasswordHasher,
  { userId, passwordHash }: Credential,
  password: string,
): Promise<boolean> {
  const [current] = await tx.prisma.$queryRaw<PasswordRecord[]>`
    select password_hash as "passwordHash", pepper_version as "pepperVersion" from credentials
    where user_id = ${userId}::uuid for share`
  // Another hash can be of the same password: signing in renews old ones.
  return current?.passwordHash === passwordHash || passwords.matches(password, current)
}
