import type { Transaction } from '../../../platform/database/transaction.js'
import { newSecret, secretHash } from '../../../platform/secrets/one-time-secret.js'

const LIFETIME_MS = 5 * 60 * 1_000

/**
 * What a sign-in waits for when its account has a second factor: a challenge that stands for this sign-in alone.
 * @returns null when the account has none
 */
export async function challengeSignIn(tx: Transaction, userId: string, now: Date): Promise<string | null> {
  const factor = await tx.prisma.secondFactor.findFirst({
    where: { userId, confirmedAt: { not: null } },
    select: { userId: true },
  })
  if (!factor) return null
  const challenge = newSecret()
  const expiresAt = new Date(now.getTime() + LIFETIME_MS)
  await tx.prisma.signInChallenge.create({
    data: { tokenHash: secretHash(challenge), userId, createdAt: now, expiresAt },
  })
  return challenge
}
