import type { Database } from '../../../platform/database/database.js'
import type { Transaction } from '../../../platform/database/transaction.js'
import { newSecret, secretHash } from '../../../platform/secrets/one-time-secret.js'

const LIFETIME_MS = 5 * 60 * 1_000
const MAX_TRIES = 5

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

/**
 * Counts a try against a challenge, in a statement of its own: a refused try stays counted, and parallel ones cannot share a count.
 * @returns whose sign-in it stands for; null when it is unknown, expired, completed or was tried five times
 */
export async function countTry(
  { prisma }: Pick<Database, 'prisma'>,
  tokenHash: Uint8Array<ArrayBuffer>,
  now: Date,
): Promise<string | null> {
  const [counted] = await prisma.signInChallenge.updateManyAndReturn({
    where: { tokenHash, attempts: { lt: MAX_TRIES }, expiresAt: { gt: now } },
    data: { attempts: { increment: 1 } },
    select: { userId: true },
  })
  return counted?.userId ?? null
}
